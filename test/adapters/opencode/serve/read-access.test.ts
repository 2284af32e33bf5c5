import { describe, expect, it } from 'vitest';
import { accessTo, type ConfiguredProvider } from '../../../../src/adapters/opencode/serve/read-access.ts';

const COST = { input: 1, output: 2, cache: { read: 0, write: 0 } };

function provider(
  more: Partial<ConfiguredProvider> = {},
  api: Partial<ConfiguredProvider['models'][string]['api']> = {},
): ConfiguredProvider {
  const model = { api: { id: 'vendor-name', url: '', npm: '@ai-sdk/openai', ...api }, cost: COST };
  return { id: 'openai', options: {}, models: { m: model }, ...more };
}

describe('the way to a model past OpenCode', () => {
  it('has the key and the address of the options before those of the provider', () => {
    const options = { apiKey: 'mine', baseURL: 'http://here', headers: { a: 'b', c: 1 }, timeout: 5 };
    expect(accessTo(provider({ key: 'other', options }, { url: 'http://there' }), 'm')).toEqual({
      provider: 'openai',
      model: 'vendor-name',
      npm: '@ai-sdk/openai',
      apiKey: 'mine',
      baseUrl: 'http://here',
      headers: { a: 'b' },
      price: COST,
    });
    expect(accessTo(provider({ key: 'other' }, { url: 'http://there' }), 'm')).toMatchObject({
      apiKey: 'other',
      baseUrl: 'http://there',
    });
  });

  it.each([
    ['for-claude', provider({ id: 'anthropic', key: 'k' })],
    ['not-connected', provider({ key: 'k', models: {} })],
    ['no-key', provider({ options: { apiKey: '' } })],
    ['not-spoken', provider({ key: 'k' }, { npm: '@ai-sdk/mistral' })],
    ['not-spoken', provider({ key: 'k' }, { npm: '@ai-sdk/openai-compatible' })],
  ] as const)('is not there: %s', (why, given) => {
    expect(accessTo(given, 'm')).toBe(why);
  });
});

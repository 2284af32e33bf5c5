import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeConfigContent, serverConfig } from '../../../../src/adapters/opencode/serve/server-config.ts';

const merge = (existing: string | undefined, ours: Record<string, unknown>) =>
  JSON.parse(mergeConfigContent(existing, ours)) as unknown;

describe("the user's OPENCODE_CONFIG_CONTENT", () => {
  it('is kept, with ours laid over it', () => {
    const theirs = {
      theme: 'dark',
      snapshot: true,
      provider: { mine: { npm: 'x' } },
      agent: { title: { model: 'a/b' }, review: { mode: 'subagent' } },
    };
    expect(merge(JSON.stringify(theirs), serverConfig('http://127.0.0.1:1/v1'))).toMatchObject({
      theme: 'dark',
      snapshot: false,
      provider: { mine: { npm: 'x' }, 'omcm-warm-up': { options: { baseURL: 'http://127.0.0.1:1/v1' } } },
      agent: { title: { model: 'a/b', disable: true }, review: { mode: 'subagent' } },
    });
  });

  it.each([undefined, '', 'not JSON', '[]', '"text"', 'null', '42'])(
    'is left out of it where it is %j',
    (existing) => {
      expect(merge(existing, { snapshot: false })).toEqual({ snapshot: false });
    },
  );

  it('gives way where it has another kind of value', () => {
    expect(merge('{"agent":"all","provider":[1]}', { agent: { title: 1 }, provider: { p: 2 } })).toEqual({
      agent: { title: 1 },
      provider: { p: 2 },
    });
  });

  it('never loses a key of either side, nor an answer of ours', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(json, json, (theirs, ours) => {
        const merged = merge(JSON.stringify(theirs), JSON.parse(JSON.stringify(ours))) as object;
        const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
        keys.delete('__proto__');
        expect(Object.keys(merged)).toEqual(expect.arrayContaining([...keys]));
        expect(merge(JSON.stringify(merged), JSON.parse(JSON.stringify(ours)))).toEqual(merged);
      }),
    );
  });

  it('changes no prototype', () => {
    merge('{"__proto__":{"polluted":1}}', JSON.parse('{"__proto__":{"polluted":2},"a":{}}'));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

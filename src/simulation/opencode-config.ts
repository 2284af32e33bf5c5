import type { ProviderUrls } from './provider-urls.ts';

/** A user's OpenCode configuration whose providers are the simulated ones. */
export function openCodeConfig(providers: Pick<ProviderUrls, 'openai' | 'google'>): object {
  return {
    $schema: 'https://opencode.ai/config.json',
    provider: {
      openai: {
        options: { baseURL: `${providers.openai.url}/v1`, apiKey: 'test' },
        models: { 'gpt-5.2': {}, 'gpt-5.2-codex': {} },
      },
      google: {
        options: { baseURL: `${providers.google.url}/v1beta`, apiKey: 'test' },
        models: { 'gemini-3-flash': {} },
      },
    },
  };
}

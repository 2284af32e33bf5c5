/** Which OpenCode configuration makes a delegated prompt quick without taking away what its agent needs? */

import { type Json, QUIET_CONFIG } from '../../../core/opencode/config-content.ts';

export { mergeConfigContent } from '../../../core/opencode/config-content.ts';

/** The provider that answers the warm-up prompt; it lives in the daemon and never leaves the machine. */
export const WARM_UP_PROVIDER = 'omcm-warm-up';
export const WARM_UP_MODEL = 'warm';

export function serverConfig(warmUpUrl: string | null): Json {
  return {
    ...QUIET_CONFIG,
    ...(warmUpUrl === null ? {} : { provider: { [WARM_UP_PROVIDER]: warmUpProvider(warmUpUrl) } }),
  };
}

function warmUpProvider(baseURL: string): Json {
  return {
    npm: '@ai-sdk/openai-compatible',
    name: 'OMCM warm-up',
    options: { baseURL, apiKey: 'none' },
    models: { [WARM_UP_MODEL]: { name: 'warm-up' } },
  };
}

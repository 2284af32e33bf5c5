// Which of the candidate models answers? The first that is well formed, not Claude, and connected.

import type { Target } from './decision.ts';
import { nameModel } from './model-name.ts';
import { toCanonicalProvider, toOpencodeProvider } from './provider-name.ts';

/** `connected`: models as `provider/model` in OpenCode's spelling; `null` where nobody has asked OpenCode. */
export function pickTarget(
  candidates: readonly string[],
  connected: ReadonlySet<string> | null,
): Target | null {
  for (const candidate of candidates) {
    const target = parseTarget(candidate);
    if (target && (connected === null || connected.has(`${target.opencodeProvider}/${target.model}`)))
      return target;
  }
  return null;
}

/** `null` for what is not `provider/model`, and for Claude: to route there would save nothing. */
export function parseTarget(candidate: string): Target | null {
  const parts = /^([^\s/\p{Cc}]+)\/([^\s\p{Cc}]+)$/u.exec(candidate);
  const [, given = '', model = ''] = parts ?? [];
  const provider = toCanonicalProvider(given);
  if (model === '' || provider === 'claude') return null;
  return { provider, model, name: nameModel(model), opencodeProvider: toOpencodeProvider(provider) };
}

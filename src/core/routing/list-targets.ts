// Which of the candidate models may answer? Those that are well formed, not Claude, and connected, in their order.

import type { Target } from './decision.ts';
import { nameModel } from './model-name.ts';
import { toCanonicalProvider, toOpencodeProvider } from './provider-name.ts';

/** `connected`: models as `provider/model` in OpenCode's spelling; `null` where nobody has asked OpenCode. */
export function listTargets(
  candidates: readonly string[],
  connected: ReadonlySet<string> | null,
): readonly Target[] {
  const found = new Map<string, Target>();
  for (const candidate of candidates) {
    const target = parseTarget(candidate);
    if (target === null) continue;
    const name = modelRef(target);
    if (!found.has(name) && (connected === null || connected.has(name))) found.set(name, target);
  }
  return [...found.values()];
}

/** Whether a configured model is Claude: a call that it gets stays native. */
export function isClaude(candidate: string): boolean {
  const [provider = ''] = candidate.split('/', 1);
  return toCanonicalProvider(provider) === 'claude';
}

/** `provider/model` in OpenCode's spelling. */
export function modelRef({ opencodeProvider, model }: Target): string {
  return `${opencodeProvider}/${model}`;
}

/** `null` for what is not `provider/model`, and for Claude: to route there would save nothing. */
export function parseTarget(candidate: string): Target | null {
  const parts = /^([^\s/\p{Cc}]+)\/([^\s\p{Cc}]+)$/u.exec(candidate);
  const [, given = '', model = ''] = parts ?? [];
  const provider = toCanonicalProvider(given);
  if (model === '' || provider === 'claude') return null;
  return { provider, model, name: nameModel(model), opencodeProvider: toOpencodeProvider(provider) };
}

// Which models are meant by what somebody typed? `provider/model`, a model's id alone, or a provider for its usual one.

import type { Target } from '../routing/decision.ts';
import { modelRef, parseTarget } from '../routing/list-targets.ts';
import { toCanonicalProvider } from '../routing/provider-name.ts';

export type KnownModels = {
  /** `provider/model` in OpenCode's spelling. */
  readonly connected: readonly string[];
  /** Those that the settings name, best first. */
  readonly usual: readonly string[];
};

export type PickedModels = {
  /** Each once, in the order in which they were named. */
  readonly targets: readonly Target[];
  readonly unknown: readonly string[];
};

/** `null`: nothing was named, so the usual model of each connected provider is meant. */
export function pickModels(names: readonly string[] | null, known: KnownModels): PickedModels {
  const usual = usualTargets(known);
  if (names === null) return { targets: usual, unknown: [] };
  const found = names.map((name) => find(name, known.connected, usual));
  const targets = new Map(found.flatMap((target) => (target === null ? [] : [[modelRef(target), target]])));
  return { targets: [...targets.values()], unknown: names.filter((_, index) => found[index] === null) };
}

function usualTargets({ connected, usual }: KnownModels): readonly Target[] {
  const there = new Set(connected);
  const byProvider = new Map<string, Target>();
  for (const model of usual) {
    const target = there.has(model) ? parseTarget(model) : null;
    if (target !== null && !byProvider.has(target.provider)) byProvider.set(target.provider, target);
  }
  return [...byProvider.values()];
}

function find(name: string, connected: readonly string[], usual: readonly Target[]): Target | null {
  const exact = parseTarget(name);
  if (exact !== null && connected.includes(modelRef(exact))) return exact;
  const byId = connected.find((model) => model.slice(model.indexOf('/') + 1) === name);
  if (byId !== undefined) return parseTarget(byId);
  const provider = toCanonicalProvider(name);
  return usual.find((target) => target.provider === provider) ?? null;
}

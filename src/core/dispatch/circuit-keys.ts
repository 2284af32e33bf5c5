// A refused key and a provider that is down concern all of its models, so a provider has a circuit of its own beside
// those of its models.

import { type Circuits, findCircuit } from '../circuit/circuit-state.ts';
import type { Resting } from '../circuit/list-resting.ts';
import { findFirstBack, type Leave, mayTry, type Return } from '../circuit/may-try.ts';
import { concernsProvider, type FailureCode } from '../delegation/failure.ts';
import type { Target } from '../routing/decision.ts';
import { modelRef } from '../routing/list-targets.ts';

export function circuitKeys(target: Target): readonly [string, string] {
  return [providerKey(target), modelRef(target)];
}

/** Where this failure of the target is written down. */
export function keyOfFailure(target: Target, code: FailureCode): string {
  return concernsProvider(code) ? providerKey(target) : modelRef(target);
}

/** The stricter of what the two circuits say. */
export function mayTryTarget(circuits: Circuits, target: Target, now: number): Leave {
  const [provider, model] = circuitKeys(target).map((key) => mayTry(circuits, key, now)) as [Leave, Leave];
  if (!provider.may || !model.may) return provider.may ? model : provider;
  return provider.probe ? provider : model;
}

/** Those that are not to be asked now, each by its own name. */
export function listRestingTargets(
  circuits: Circuits,
  targets: readonly Target[],
  now: number,
): readonly Resting[] {
  return targets.flatMap((target) => {
    const leave = mayTryTarget(circuits, target, now);
    if (leave.may) return [];
    const { may: _, ...rest } = leave;
    return [{ key: modelRef(target), ...rest }];
  });
}

/** When the first of these targets comes back, and why it is out; `null` where nobody is out. */
export function firstTargetBack(circuits: Circuits, targets: readonly Target[], now: number): Return | null {
  const backs = targets.flatMap((target) => {
    const resting = circuitKeys(target).filter((key) => {
      const circuit = findCircuit(circuits, key);
      return circuit !== null && !mayTry(circuits, key, now).may;
    });
    const last = resting
      .map((key) => findFirstBack(circuits, [key], now))
      .reduce(
        (later, back) => (back !== null && (later === null || back.at > later.at) ? back : later),
        null,
      );
    return last === null ? [] : [{ ...last, key: modelRef(target) }];
  });
  return backs.reduce<Return | null>(
    (first, back) => (first === null || back.at < first.at ? back : first),
    null,
  );
}

function providerKey({ opencodeProvider }: Target): string {
  return `${opencodeProvider}/*`;
}

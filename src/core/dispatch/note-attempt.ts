// What does the end of one try say about the model that was asked?

import { noteLearned, noteOutcome, noteTokens } from '../balancing/note-outcome.ts';
import { noteFailure, noteSuccess } from '../circuit/note-outcome.ts';
import { beginProbe, endProbe } from '../circuit/probe.ts';
import { failuresToOpen } from '../circuit/when-to-open.ts';
import type { Failure } from '../delegation/failure.ts';
import type { Target } from '../routing/decision.ts';
import { modelRef } from '../routing/list-targets.ts';
import { circuitKeys, keyOfFailure } from './circuit-keys.ts';
import type { Standing } from './standing.ts';

export type AttemptNote = {
  readonly role: string;
  readonly target: Target;
  readonly failure: Failure | null;
  readonly latencyMs: number;
  readonly tokens: number;
  readonly costUsd: number;
  readonly now: number;
};

/** To be told before a model is asked: where it has rested, this try finds out whether it is back. */
export function noteAttemptBegan(standing: Standing, target: Target, now: number): Standing {
  const circuits = circuitKeys(target).reduce((all, key) => beginProbe(all, key, { now }), standing.circuits);
  return circuits === standing.circuits ? standing : { ...standing, circuits };
}

export function noteAttemptEnded(standing: Standing, note: AttemptNote): Standing {
  const { target, failure, now } = note;
  if (failure === null) {
    const circuits = circuitKeys(target).reduce((all, key) => noteSuccess(all, key, now), standing.circuits);
    return { circuits, balancing: balance(standing, note, true) };
  }
  const blamed = keyOfFailure(target, failure.code);
  const circuits = circuitKeys(target).reduce(
    (all, key) =>
      key === blamed ? noteFailure(all, key, { failed: failure, now }) : endProbe(all, key, now),
    standing.circuits,
  );
  const isTheirs = failuresToOpen(failure.code) !== null;
  return { circuits, balancing: isTheirs ? balance(standing, note, false) : forget(standing, note) };
}

/** Every list in which the model stands learns from it. */
function balance({ balancing }: Standing, note: AttemptNote, ok: boolean): Standing['balancing'] {
  const { target, role, latencyMs, tokens, costUsd, now } = note;
  const candidate = modelRef(target);
  const lists = balancing.groups.filter(
    (one) =>
      one.role.startsWith(`${role}:`) &&
      one.members.some((place) => balancing.arms[place]?.name === candidate),
  );
  const outcome = { candidate, ok, latencyMs, tokens, costUsd, now };
  const [first, ...others] = lists.map((list) => list.role);
  return others.reduce(
    (learned, list) => noteLearned(learned, { ...outcome, role: list }),
    noteOutcome(balancing, { ...outcome, role: first ?? role }),
  );
}

/** It says nothing about the model, but the tokens that were expected of it do not come. */
function forget({ balancing }: Standing, { target, now }: AttemptNote): Standing['balancing'] {
  return { ...balancing, arms: noteTokens(balancing.arms, modelRef(target), { tokens: 0, now }) };
}

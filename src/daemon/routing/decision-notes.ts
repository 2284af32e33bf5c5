/**
 * What each decision was made from, for the log. Kept beside the decision and not in it: a decision goes to clients,
 * and what it was made from holds a whole configuration.
 */
import type { RouteInput } from '../../core/routing/decide-route.ts';
import type { Decision } from '../../core/routing/decision.ts';

export type DecisionNote = {
  readonly input: RouteInput;
  /** It came out of the cache. */
  readonly cached: boolean;
};

export type DecisionNotes = {
  add(decision: Decision, note: DecisionNote): void;
  of(decision: Decision): DecisionNote | null;
};

export function createDecisionNotes(): DecisionNotes {
  // By the agent in it, which is the call's own: a task that overrules the decision keeps that.
  const notes = new WeakMap<Decision['agent'], DecisionNote>();
  return {
    add: ({ agent }, note) => void notes.set(agent, note),
    of: ({ agent }) => notes.get(agent) ?? null,
  };
}

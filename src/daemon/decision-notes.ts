/**
 * What each decision was made from, for the log. Kept beside the decision and not in it: a decision goes to clients,
 * and what it was made from holds a whole configuration.
 */
import type { RouteInput } from '../core/routing/decide-route.ts';
import type { Decision } from '../core/routing/decision.ts';

export type DecisionNotes = {
  add(decision: Decision, input: RouteInput): void;
  of(decision: Decision): RouteInput | null;
};

export function createDecisionNotes(): DecisionNotes {
  // By the agent in it, which is the call's own: a task that overrules the decision keeps that.
  const inputs = new WeakMap<Decision['agent'], RouteInput>();
  return {
    add: ({ agent }, input) => void inputs.set(agent, input),
    of: ({ agent }) => inputs.get(agent) ?? null,
  };
}

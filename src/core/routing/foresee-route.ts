// What can be said of a call before its prompt is there?

import { compiledRulesOf } from '../rules/compile-rules.ts';
import { explainRoute, type RouteInput, toQuestion } from './decide-route.ts';

/** A rule that asks for the prompt might speak for this call, and so decide otherwise than what is known now. */
export function needsPrompt(input: RouteInput): boolean {
  if (input.prompt !== undefined) return false;
  const { reads, ordered } = compiledRulesOf(input.rules);
  if (!reads.promptChars && !reads.files) return false;
  const { rule } = toQuestion(input);
  // The rules after the one that speaks already are never asked.
  const before = rule === null ? ordered : ordered.slice(0, ordered.indexOf(rule));
  return before.some(({ readsPrompt }) => readsPrompt);
}

/** Whether some prompt may be routed: the answer is `true` rather once too often. */
export function mayRoute(input: RouteInput): boolean {
  if (explainRoute(input).decision.route) return true;
  if (input.mode === 'shadow' || input.untrusted === true) return false;
  if (!input.rules.routing.enabled || !input.rules.routing.autoDelegate || input.enabled === false)
    return false;
  return needsPrompt(input);
}

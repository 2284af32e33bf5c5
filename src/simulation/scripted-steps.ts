// A subagent that does in each of its steps what was written down for it, whichever vendor it is asked of.

import type { Answer } from './answer.ts';
import type { JournaledRequest } from './journaled-request.ts';
import { asObject, asObjects } from './json.ts';

/** How often the model has spoken is how far it is; the last answer is given to whatever comes after. */
export function stepOf(request: JournaledRequest, steps: readonly Answer[]): Answer {
  return steps[Math.min(stepsDone(request), steps.length - 1)] ?? {};
}

/** Calls and words that the model has said at once are one step: results or somebody else come between two. */
export function stepsDone({ body }: JournaledRequest): number {
  const { messages, contents, input } = asObject(body);
  const speakers = asObjects(messages ?? contents ?? input).map(isModels);
  return speakers.filter((isModel, at) => isModel && speakers[at - 1] !== true).length;
}

function isModels({ role, type }: { readonly role?: unknown; readonly type?: unknown }): boolean {
  return role === 'assistant' || role === 'model' || type === 'function_call' || type === 'reasoning';
}

// What is the model that conducts told when a mode starts or ends? Each word is in every request from then on.

import type { SessionMode } from './session-mode.ts';

const PARALLEL =
  'other models answer subagents. Split the work into independent parts and hand them out as parallel Agent calls in one message, to agents made for them; general-purpose stays on Claude.';

/** Commands, not tools: what is never used costs these words and nothing else. */
const TOOLS =
  'By Bash: parts that need each other by `omcm batch -` (YAML: tasks: [{id, agent, prompt, files, dependsOn}]); opinions of several models by `omcm ask`.';

const ON_START: Readonly<Record<SessionMode, string>> = {
  hulw: `OMCM hulw is on: ${PARALLEL} ${TOOLS}`,
  // The skill says it all; whoever typed the word alone has no skill.
  autopilot:
    'OMCM autopilot is on: you plan, other models do the tasks. Begin by Bash with `omcm autopilot guide`, which says how.',
  // Where its subagents run follows from the quota; how the work is cut does not.
  ulw: `OMCM ulw is on: hand out independent parts of the work as parallel Agent calls in one message. ${TOOLS}`,
};

export function instructOnStart(mode: SessionMode): string {
  return ON_START[mode];
}

export function instructOnStop(mode: SessionMode | null): string {
  const what = mode === null ? 'its subagents and runs' : `${mode}, its subagents and runs`;
  return `The user has stopped OMCM's work: ${what} have ended. Do not start them again.`;
}

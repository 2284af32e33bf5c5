// Calls of which no two answers take the same, with one step or several, and one that starts a session of its own.

import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { type Omcm, PLUGIN_DIR } from '../../support/use-omcm.ts';

const MOST_LOOKS = 3;
const CHILD = 'the part of the child';

export type Calls = {
  readonly omcm: Omcm;
  /** How many look-ups there are in each round; in the last one come a plan, some advice and a task with a child. */
  readonly lookUps: readonly number[];
};

/** A plan, which stays on Claude, some advice, and a task whose model hands out a part of it. */
const OTHERS = [
  { agent: 'Plan', prompt: 'plan it' },
  { agent: 'oh-my-claudecode:architect', prompt: 'advise' },
  { agent: 'oh-my-claudecode:writer', prompt: 'write it' },
];

export async function workWithFigures({ omcm, lookUps }: Calls): Promise<void> {
  const { anthropic, openai, google } = omcm.providers;
  let asked = 0;
  const usage = () => {
    asked += 1;
    return { input: 1_000 + 37 * asked, output: 100 + 7 * asked };
  };
  const look = { name: 'read', input: { filePath: `${omcm.home.projectDir}/README.md` } };
  const handOut = {
    name: 'task',
    input: { description: 'a part', prompt: CHILD, subagent_type: 'general' },
  };
  google.on({
    answer: ({ turns, userTexts }) => {
      const done = turns.filter(({ role }) => role === 'tool').length;
      const isAbout = (text: string) => userTexts.some((one) => one.includes(text));
      const isParent = isAbout('write it');
      const number = Number(/look-up (\d+)/.exec(userTexts.join('\n'))?.[1] ?? 2);
      const steps = isParent ? 1 : number % (MOST_LOOKS + 1);
      if (done >= steps) return { text: 'That is it.', usage: usage() };
      return { toolUses: [isParent ? handOut : look], usage: usage() };
    },
  });
  openai.on({ answer: () => ({ text: 'advice', usage: usage() }) });
  anthropic.on({
    when: (request) => subagentOf(request) !== undefined,
    answer: { text: 'A plan.', usage: { input: 777, output: 70 } },
  });
  let number = 0;
  const lookUp = () => {
    number += 1;
    return { agent: 'Explore', prompt: `look-up ${number}` };
  };
  const rounds = lookUps.map((count) => ({ calls: Array.from({ length: count }, lookUp) }));
  scriptConductor(anthropic, { rounds: [...rounds, { calls: OTHERS }] });
  await omcm.warm();
  await omcm.claude({
    prompt: 'go',
    // Only who may do everything may hand out a part.
    permissionMode: 'bypassPermissions',
    env: { IS_SANDBOX: '1' },
    pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
    timeoutMs: 120_000,
  });
}

export function requestsOfChild({ providers: { google } }: Omcm): number {
  return google.journal().filter(({ userTexts }) => userTexts[0]?.includes(CHILD)).length;
}

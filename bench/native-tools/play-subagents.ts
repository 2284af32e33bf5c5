/** One session of the real Claude Code whose subagents do simple steps: led by Claude, or by another model. */
import type { Answer } from '../../src/simulation/answer.ts';
import type { JournaledRequest } from '../../src/simulation/journaled-request.ts';
import { runClaude } from '../../src/simulation/run-claude.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { stepOf, stepsDone } from '../../src/simulation/scripted-steps.ts';
import { type BenchHome, PLUGIN_DIR } from '../bench-home.ts';

export type Play = {
  readonly prompt: string;
  readonly steps: number;
  readonly subagents: number;
  readonly ledBy: 'claude' | 'gemini';
};

export const NATIVE_TOOLS = { engine: 'native-tools' };
const STEP: Answer = { toolUses: [{ name: 'Bash', input: { command: 'true' } }] };

/** The requests of the subagents, as the model that leads them got them. */
export async function playSubagents(
  home: BenchHome,
  { prompt, steps, subagents, ledBy }: Play,
): Promise<readonly JournaledRequest[]> {
  const { anthropic, google } = home.providers;
  const answers = [...Array.from({ length: steps }, () => STEP), { text: 'Done.' }];
  const leader = ledBy === 'claude' ? anthropic : google;
  const seen = leader.journal().length;
  const removals = [
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: (request) => stepOf(request, answers),
    }),
    google.on({ answer: (request) => stepOf(request, answers) }),
    scriptConductor(anthropic, {
      rounds: [{ calls: Array.from({ length: subagents }, () => ({ agent: 'Explore', prompt })) }],
      finalAnswer: 'done',
    }),
  ];
  const run = await runClaude({
    home: home.home,
    prompt: 'go',
    pluginDirs: ledBy === 'claude' ? [] : [PLUGIN_DIR],
    allowedTools: ['Task', 'Agent', 'Bash'],
    env: { PATH: home.path },
    timeoutMs: 180_000,
  });
  for (const remove of removals) remove();
  const asked = leader
    .journal()
    .slice(seen)
    .filter((request) => ledBy === 'gemini' || subagentOf(request) !== undefined);
  const ended = asked.filter((request) => stepsDone(request) === steps).length;
  if (ended !== subagents || asked.length !== subagents * (steps + 1))
    throw new Error(
      `led by ${ledBy}: ${ended} of ${subagents} subagents ended, in ${asked.length} requests ${run.stderr}`,
    );
  return asked;
}

/**
 * `node bench/run.mjs record-transcripts.ts [FOLDER]`: the real Claude Code works against the simulated API, and what it
 * writes becomes the fixtures of the tests. Run by hand when a new version writes differently.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../src/simulation/answer.ts';
import { runClaude } from '../src/simulation/run-claude.ts';
import { subagentOf } from '../src/simulation/scripted-conductor.ts';
import { type Simulation, startSimulation } from '../src/simulation/simulation.ts';
import { askUser } from './recording/ask-user.ts';
import { cleanTranscript } from './recording/clean-transcript.ts';
import { ASKING_STEPS, FIRST_PROMPT, QUESTION, SUMMARY, TOOLS, workSteps } from './recording/till-session.ts';

const root = process.env.OMCM_ROOT ?? process.cwd();
const target = process.argv[2] ?? join(root, 'test', 'fixtures', 'transcripts');

await record(recordWork);
await record(recordQuestion);

async function record(work: (simulation: Simulation) => Promise<void>): Promise<void> {
  const simulation = await startSimulation({ prefix: 'omcm-record' });
  try {
    await work(simulation);
  } finally {
    await simulation.stop();
  }
}

async function recordWork(simulation: Simulation): Promise<void> {
  const { providers, home } = simulation;
  providers.anthropic.on({ answer: { text: 'src/receipt.js calls it twice.' } });
  const say = async (prompt: string, steps: readonly Answer[], extraArgs: readonly string[] = []) => {
    const remove = play(simulation, steps);
    const env = { CLAUDE_CODE_ENABLE_TASKS: '1' };
    const { exitCode, stderr } = await runClaude({ home, prompt, allowedTools: TOOLS, extraArgs, env });
    if (exitCode !== 0) throw new Error(stderr);
    remove();
  };
  await say(FIRST_PROMPT, workSteps(home.projectDir));
  keep(simulation, 'work.jsonl');
  await say('/compact', [{ text: SUMMARY }], ['--continue']);
  await say('go on', [{ text: 'Nothing more.' }], ['--continue']);
  keep(simulation, 'compacted.jsonl');
}

async function recordQuestion(simulation: Simulation): Promise<void> {
  play(simulation, ASKING_STEPS);
  await askUser(simulation.home, 'Give the receipts a store.', { [QUESTION]: 'SQLite' });
  keep(simulation, 'asked.jsonl');
}

/** One after the other to the session itself; the last one to whatever it asks beside. */
function play({ providers }: Simulation, steps: readonly Answer[]): () => void {
  let step = 0;
  return providers.anthropic.on({
    when: (request) => subagentOf(request) === undefined,
    answer: () => steps[Math.min(step++, steps.length - 1)] ?? {},
  });
}

function keep({ home }: Simulation, name: string): void {
  const folder = join(home.home, '.claude', 'projects');
  const [file, ...more] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (found) => found.endsWith('.jsonl') && !found.includes('subagents'),
  );
  if (file === undefined || more.length > 0) throw new Error(`not one transcript: ${[file, ...more].join()}`);
  const folders = { project: home.projectDir, home: home.home, root: home.root };
  const text = cleanTranscript(readFileSync(join(folder, file), 'utf8'), folders);
  writeFileSync(join(target, name), text);
  process.stdout.write(`${name}: ${text.split('\n').length - 1} lines\n`);
}

// Stands in for `opencode run` where the real one cannot be made to behave so. What it does is its first argument.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const [behaviour] = process.argv.slice(2);
const say = (event) => process.stdout.write(`${JSON.stringify({ sessionID: 'ses_1', ...event })}\n`);
const tokens = { input: 1, output: 1, reasoning: 0, cache: { read: 0, write: 0 } };
const finish = (reason) => say({ type: 'step_finish', part: { id: reason, reason, cost: 0, tokens } });

async function readPrompt() {
  let prompt = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) prompt += piece;
  return prompt;
}

const behaviours = {
  echo: async () => {
    say({ type: 'text', part: { id: '1', text: await readPrompt() } });
    finish('stop');
  },
  'answer-nothing': async () => {
    await readPrompt();
    say({ type: 'step_start' });
    finish('tool-calls');
  },
  'start-badly': async () => {
    process.stderr.write('Configuration is invalid\n');
    process.exitCode = 1;
  },
  'never-ask': () => new Promise(() => setInterval(() => undefined, 1_000)),
  'ignore-sigterm': async () => {
    process.on('SIGTERM', () => undefined);
    const shell = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    writeFileSync(process.env.PIDS, JSON.stringify([process.pid, shell.pid]));
    await new Promise(() => setInterval(() => undefined, 1_000));
  },
};
await behaviours[behaviour]();

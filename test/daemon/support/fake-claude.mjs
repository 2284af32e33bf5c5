// Stands in for `claude -p` where a test is about the daemon. A prompt that is JSON is the script of its own answer; any
// other is echoed. Each start is written to the journal that the stand-in for OpenCode writes to.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} Script
 * @property {readonly string[]} [say] pieces of the answer
 * @property {number} [everyMs] pause before each piece
 * @property {boolean} [hang] never ends, nor does a child of it
 * @property {string} [writes] a file that it says it has written
 * @property {string} [denied] a tool that it was not allowed to use
 * @property {string} [refuse] what it says when it cannot go on
 * @property {boolean} [die] ends without a result
 */

const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

let prompt = '';
for await (const piece of process.stdin.setEncoding('utf8')) prompt += piece;
const script = readScript(prompt);
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(OMCM_|CLAUDE)/.test(name)));
journal({ claude: process.argv.slice(2), prompt, env, started: process.pid });

tell({ type: 'system', subtype: 'init', model: 'claude-opus' });
if (script.die) {
  process.stderr.write('It broke.\n');
  process.exit(3);
}
if (script.hang) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  journal({ started: child.pid });
  await sleep(600_000);
}
for (const _ of script.say ?? []) await sleep(script.everyMs ?? 0);
if (script.writes) {
  const use = { type: 'tool_use', id: 't1', name: 'Write', input: { file_path: script.writes } };
  tell({ type: 'assistant', message: { model: 'claude-opus', content: [use] } });
  tell({ type: 'user', message: { content: [{ type: 'tool_result', tool_use_id: 't1', content: 'ok' }] } });
}
const text = script.refuse ?? (script.say ?? []).join('');
tell({ type: 'assistant', message: { model: 'claude-opus', content: [{ type: 'text', text }] } });
tell({
  type: 'result',
  subtype: 'success',
  is_error: script.refuse !== undefined,
  result: text,
  total_cost_usd: 0.25,
  usage: { input_tokens: 7, output_tokens: 5, cache_read_input_tokens: 3, cache_creation_input_tokens: 2 },
  permission_denials: script.denied ? [{ tool_name: script.denied }] : [],
});

function readScript(given) {
  try {
    return JSON.parse(given);
  } catch {
    return { say: [`echo: ${given}`] };
  }
}

function journal(entry) {
  const file = process.env.FAKE_OPENCODE_JOURNAL;
  if (file) appendFileSync(file, `${JSON.stringify({ at: Date.now(), ...entry })}\n`);
}

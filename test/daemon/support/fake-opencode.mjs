// Stands in for `opencode serve` where a test is about the daemon: as quick as a test needs, and as bad.
// A prompt that is JSON is the script of its own answer; any other is echoed. Every request is written to the
// journal named by FAKE_OPENCODE_JOURNAL; FAKE_OPENCODE_FAULT spoils the server as a whole.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} Script
 * @property {readonly string[]} [say] pieces of the answer
 * @property {number} [everyMs] pause before each piece
 * @property {number} [steps] so many steps with a tool come before the answer, each with its tokens
 * @property {boolean} [hang] never ends, and shows that it works every 100 ms
 * @property {boolean} [die] the server ends in the middle
 * @property {string} [writes] a file that a tool says it has written
 * @property {string} [refuse] the message of a provider that wants to be asked again later
 */

const { FAKE_OPENCODE_FAULT, FAKE_OPENCODE_JOURNAL: journalFile } = process.env;
/** `first-mute` is `mute`, but for the first of all servers alone; so it is with every other. */
const isOfFirst = FAKE_OPENCODE_FAULT?.startsWith('first-') ?? false;
const fault = isOfFirst && !isFirst() ? undefined : FAKE_OPENCODE_FAULT?.replace(/^first-/, '');
const streams = new Set();
const working = new Map();
let made = 0;
let isMute = false;

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://fake');
  const body = await readBody(request);
  journal({ method: request.method, path: url.pathname, body });
  const answer = (value) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  if (fault === 'answers-500') return response.writeHead(500).end('{}');
  if (fault === 'no-session-500' && request.method === 'POST') return response.writeHead(500).end('{}');
  if (url.pathname === '/global/event') return openStream(response);
  if (isMute) return;
  const session = /^\/session\/([^/]+)/.exec(url.pathname)?.[1] ?? '';
  switch (`${request.method} ${url.pathname.replace(session || '-', 'ID')}`) {
    case 'GET /global/health':
      return answer({ healthy: true, version: 'fake' });
    case 'GET /provider':
      return answer({ all: PROVIDERS, default: {}, connected: PROVIDERS.map(({ id }) => id) });
    case 'POST /session':
      if (fault === 'no-session') return;
      isMute = fault === 'mute';
      if (isMute) return;
      if (fault === 'dies-at-session') process.exit(3);
      made += 1;
      return answer({ id: `ses_${made}` });
    case 'POST /session/ID/message':
      return answer({ info: { finish: 'stop' }, parts: [] });
    case 'POST /session/ID/prompt_async':
      if (fault === 'no-prompt') return;
      response.writeHead(204).end();
      return work(session, readScript(body.parts[0].text));
    case 'POST /session/ID/abort':
      working.get(session)?.abort();
      return answer(true);
    default:
      return answer(true);
  }
});

const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
// In OpenCode's words, or nobody tries another port.
const leave = (why) => {
  process.stderr.write(`ServeError: ${why}\n`);
  process.exit(1);
};
if (fault === 'port-taken') {
  journal({ started: process.pid, port });
  leave('told so');
}
server.once('error', ({ message }) => leave(message));
server.listen(port, '127.0.0.1', async () => {
  journal({ started: process.pid, port });
  if (fault === 'slow-start') await sleep(2_000);
  if (fault !== 'never-ready')
    process.stdout.write(`opencode server listening on http://127.0.0.1:${port}\n`);
});

const models = (...names) => Object.fromEntries(names.map((name) => [name, {}]));
const PROVIDERS = [
  { id: 'openai', name: 'OpenAI', models: models('gpt-5.2', 'gpt-5.2-codex') },
  { id: 'google', name: 'Google', models: models('gemini-3-flash') },
];

const TOKENS = { input: 10, output: 5, reasoning: 1, cache: { read: 2, write: 3 } };

function openStream(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  if (fault === 'no-events') return;
  streams.add(response);
  response.once('close', () => streams.delete(response));
  emit('server.connected', {});
}

function emit(type, properties) {
  for (const stream of streams)
    stream.write(`data: ${JSON.stringify({ payload: { type, properties } })}\n\n`);
}

async function work(sessionID, script) {
  const aborted = new AbortController();
  working.set(sessionID, aborted);
  const info = (more) => ({
    sessionID,
    info: { id: `msg_${sessionID}`, sessionID, role: 'assistant', time: {}, tokens: TOKENS, ...more },
  });
  const part = (more) => ({ sessionID, part: { messageID: `msg_${sessionID}`, sessionID, ...more } });
  const textPart = { id: `prt_${sessionID}`, type: 'text', text: '' };
  emit('message.updated', info({}));
  emit('message.part.updated', part(textPart));
  while (script.hang && !aborted.signal.aborted) {
    emit('session.status', { sessionID, status: { type: 'busy' } });
    await sleep(100);
  }
  // Whoever listens misses the end of the task.
  if (fault === 'breaks-off') for (const stream of streams) stream.destroy();
  for (let step = 0; step < (script.steps ?? 0); step += 1) {
    await sleep(script.everyMs ?? 0, undefined, { signal: aborted.signal }).catch(() => {});
    if (aborted.signal.aborted) break;
    const id = `fin_${sessionID}_${step}`;
    emit(
      'message.part.updated',
      part({ id, type: 'step-finish', reason: 'tool-calls', tokens: TOKENS, cost: 0.5 }),
    );
  }
  for (const delta of script.say ?? []) {
    if (script.everyMs) await sleep(script.everyMs, undefined, { signal: aborted.signal }).catch(() => {});
    if (aborted.signal.aborted) break;
    emit('message.part.delta', {
      sessionID,
      messageID: `msg_${sessionID}`,
      partID: textPart.id,
      field: 'text',
      delta,
    });
  }
  if (script.writes) emit('message.part.updated', part(writtenBy(script.writes)));
  if (script.die) await sleep(50).then(() => process.exit(3));
  if (script.refuse) {
    emit('session.status', {
      sessionID,
      status: { type: 'retry', attempt: 1, message: script.refuse, next: 0 },
    });
    return;
  }
  working.delete(sessionID);
  if (aborted.signal.aborted) return emit('session.idle', { sessionID });
  emit(
    'message.part.updated',
    part({ id: `fin_${sessionID}`, type: 'step-finish', reason: 'stop', tokens: TOKENS, cost: 0.5 }),
  );
  emit('message.updated', info({ finish: 'stop', time: { completed: 1 } }));
  emit('session.idle', { sessionID });
}

function writtenBy(filePath) {
  const state = { status: 'completed', title: 'wrote', input: { filePath }, metadata: {} };
  return { id: 'prt_tool', type: 'tool', tool: 'write', state };
}

function readScript(prompt) {
  try {
    return JSON.parse(prompt);
  } catch {
    return { say: [`echo: ${prompt}`] };
  }
}

function isFirst() {
  const started = existsSync(journalFile) ? readFileSync(journalFile, 'utf8') : '';
  return !started.includes('"started"');
}

async function readBody(request) {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  return text === '' ? null : JSON.parse(text);
}

function journal(entry) {
  if (journalFile) appendFileSync(journalFile, `${JSON.stringify({ at: Date.now(), ...entry })}\n`);
}

/** The mod's calls to the daemon. There is no Node here: everything goes through `$`. */

import { NO_TOKENS, type TokenUsage } from '../core/delegation/engine.ts';
import type { SessionRequest } from '../core/session-mode/find-request.ts';
import type { SessionMode } from '../core/session-mode/session-mode.ts';
import { describeBlock } from '../protocol/describe-block.ts';
import { endpointFileIn } from '../protocol/endpoint-place.ts';
import type { REFUSED_HEADER as REFUSED, RefusedStep } from '../protocol/model-request.ts';
import type { QuotaReply, QuotaReport } from '../protocol/quota.ts';
import type { RescueSet, SetRescue } from '../protocol/rescue.ts';
import type { PromptTold, SetSessionMode, Tidings } from '../protocol/session-mode.ts';
import type { ApiError, SessionStart } from '../protocol/status.ts';
import type { PrepareRequest, TaskEvents, TaskRequest, TaskStarted } from '../protocol/task.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Dollar, FetchInput, HttpResponse, RateLimit } from './engine-interface.ts';

export type ModTask = {
  readonly id: string;
  readonly agent: string;
  /** What it has begun must not be done again. */
  readonly writes: boolean;
};

/** Claude Code does the work; another model answers each of its requests. */
export type StepwiseCall = { readonly stepwise: true };

/** A call that nobody answers, and what is said instead. */
export type BlockedCall = { readonly blocked: string };

/** The daemon could not be used; `code` says why. */
export class DaemonTrouble extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** After a start that failed, calls go to Claude at once for this long. */
const REST_AFTER_FAILED_START_MS = 30_000;
const POLL_WAIT_MS = 20_000;
const START_LIMIT_MS = 1_100;
const TELL_AGAIN_MS = 60_000;
const REFUSED_HEADER = 'x-omcm-refused' satisfies typeof REFUSED;

let socketPath: string | null = null;
let restUntil = 0;
let toldAt = 0;

/** `null`: the call is Claude's, because it was decided so or because nobody could be asked. */
export async function startTask(
  $: Dollar,
  request: TaskRequest,
): Promise<ModTask | BlockedCall | StepwiseCall | null> {
  try {
    const { taskId, decision } = toStarted(await callOrStart($, '/v1/tasks', request));
    if (decision.block !== undefined) return { blocked: describeBlock(request.agent, decision.block) };
    if (!decision.route) return null;
    if (decision.engine === 'native-tools') return { stepwise: true };
    return { id: taskId, agent: request.agent, writes: decision.writes === true };
  } catch (error) {
    if (!(error instanceof DaemonTrouble)) throw error;
    await reportFailedOpen($, request.agent, error).catch(() => undefined);
    return null;
  }
}

/** The same request, sent to the daemon; without what was meant for Claude's server alone. `more`: headers for it. */
export async function toDaemon(
  $: Dollar,
  { init = {} }: FetchInput,
  more: Readonly<Record<string, string>> = {},
): Promise<FetchInput> {
  const { 'x-api-key': _key, authorization: _credential, ...headers } = init.headers ?? {};
  return {
    url: 'http://omcm/v1/messages',
    init: {
      ...init,
      compress: undefined,
      headers: { ...headers, ...more, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
      socketPath: await findSocket($),
    },
  };
}

/** Claude has refused this step of the main conversation; with what it said of its windows. */
export async function describeRefused(
  $: Dollar,
  said: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const windows = Object.entries(said).filter(([name]) => name.startsWith('anthropic-ratelimit-unified-'));
  const refused: RefusedStep = {
    sessionId: await $.session.id(),
    directory: await $.session.cwd(),
    headers: Object.fromEntries(windows),
  };
  return { [REFUSED_HEADER]: encodeURIComponent(JSON.stringify(refused)) };
}

/** Claude answers again; gives what the user is told of it. */
export async function tellClaudeIsBack($: Dollar): Promise<string | null> {
  const path = `/v1/sessions/${encodeURIComponent(await $.session.id())}/rescue`;
  const body: SetRescue = { set: 'over', directory: await $.session.cwd() };
  const { notice } = ((await call($, 'POST', path, body)) ?? {}) as Partial<RescueSet>;
  return notice ?? null;
}

/** What another model takes for the step that it answers: comes at its end. */
export async function readLastStep($: Dollar, agentId: string): Promise<TokenUsage> {
  const path = `/v1/agents/${encodeURIComponent(agentId)}/last-step`;
  const tokens = ((await call($, 'GET', path)) ?? {}) as Partial<TokenUsage>;
  return { ...NO_TOKENS, ...tokens };
}

/** Tells the daemon that this call is about to come. */
export async function prepareTask($: Dollar, request: PrepareRequest): Promise<void> {
  await call($, 'POST', '/v1/prepare', request);
}

/** Waits in the daemon until there is something to read. */
export async function pollTask($: Dollar, task: ModTask, from: number): Promise<TaskEvents> {
  return toEvents(await call($, 'GET', `/v1/tasks/${task.id}/events?from=${from}&wait=${POLL_WAIT_MS}`));
}

export async function cancelTask($: Dollar, task: ModTask): Promise<void> {
  await call($, 'DELETE', `/v1/tasks/${task.id}`);
}

/** `footer`: the user wants our line under the prompt, and by us. */
export type Greeting = { readonly notice: string | null; readonly footer: boolean };

/** Says hello where a daemon runs (starting one is the SessionStart hook's job); gives what the user should know. */
export async function greetDaemon($: Dollar, claudePid: string | undefined): Promise<Greeting> {
  const start: SessionStart = {
    via: 'mod',
    sessionId: await $.session.id(),
    directory: await $.session.cwd(),
    claudePid: Number(claudePid) || undefined,
    claudeDir: await $.env.get('CLAUDE_CONFIG_DIR'),
    pluginDirsEnv: await $.env.get('CLAUDE_CODE_PLUGIN_DIRS'),
  };
  const answer = (await call($, 'POST', '/v1/sessions', start)) as Partial<Greeting> | null;
  return { notice: answer?.notice ?? null, footer: answer?.footer === true };
}

/** What our line under the prompt says now; `null`: nothing that is known. */
export async function readLine($: Dollar): Promise<string | null> {
  const path = '/v1/status-line?colours=no';
  const { ok, text } = await send($, 'POST', path, { session_id: await $.session.id() });
  return ok ? text.trim() : null;
}

/** Passes on what a person asked of the session; gives what there is to tell. */
export async function askSession($: Dollar, request: SessionRequest): Promise<Tidings> {
  const session = `/v1/sessions/${encodeURIComponent(await $.session.id())}`;
  const answer =
    request.kind === 'stop'
      ? await call($, 'POST', `${session}/stop`, {})
      : await callOrStart($, `${session}/mode`, await toSetting($, request.mode));
  const { notice, context } = (answer ?? {}) as Partial<Tidings>;
  return { notice: notice ?? null, context: context ?? null };
}

/** Passes on a prompt that asks for no mode; gives what there is to tell. */
export async function tellPrompt($: Dollar, text: string): Promise<Tidings> {
  const path = `/v1/sessions/${encodeURIComponent(await $.session.id())}/prompts`;
  const body: PromptTold = { text, directory: await $.session.cwd() };
  const { notice, context } = ((await call($, 'POST', path, body)) ?? {}) as Partial<Tidings>;
  return { notice: notice ?? null, context: context ?? null };
}

async function toSetting($: Dollar, mode: SessionMode): Promise<SetSessionMode> {
  return { mode, directory: await $.session.cwd() };
}

export async function leaveSession($: Dollar, sessionId: string): Promise<void> {
  await call($, 'DELETE', `/v1/sessions/${encodeURIComponent(sessionId)}`);
}

/** Tells how much of Claude is spent; gives what the user should know. */
export async function reportQuota($: Dollar, rateLimits: readonly RateLimit[]): Promise<readonly string[]> {
  const report: QuotaReport = {
    source: 'mod',
    sessionId: await $.session.id(),
    windows: rateLimits.map(({ kind, percentUsed, resetsAt }) => ({ kind, percent: percentUsed, resetsAt })),
  };
  const answer = (await call($, 'POST', '/v1/quota', report)) as Partial<QuotaReply> | null;
  return answer?.notices ?? [];
}

/** Writes the reason down where the user will look for it, also when there is no daemon to tell. */
export async function reportFailedOpen($: Dollar, agent: string, trouble: DaemonTrouble): Promise<void> {
  await tellOnce($, `OMCM: this subagent runs on Claude (${trouble.code}). See \`omcm doctor\`.`);
  await runHelper($, 'failed-open', {
    agent,
    reason: `failed-open-${trouble.code}`,
    detail: trouble.message.slice(0, 500),
    sessionId: await $.session.id(),
  });
}

/** A fault that lasts is told once a minute, not once a call. */
async function tellOnce($: Dollar, text: string): Promise<void> {
  const now = await $.clock.now();
  if (now - toldAt < TELL_AGAIN_MS) return;
  toldAt = now;
  $.ui.toast(text, { timeoutMs: 10_000 });
}

async function callOrStart($: Dollar, path: string, body: unknown): Promise<unknown> {
  try {
    return await call($, 'POST', path, body);
  } catch (error) {
    if (!(error instanceof DaemonTrouble) || error.code !== 'daemon-unreachable') throw error;
    if ((await $.clock.now()) < restUntil) throw error;
    if (!(await startDaemon($))) {
      restUntil = (await $.clock.now()) + REST_AFTER_FAILED_START_MS;
      throw error;
    }
    return call($, 'POST', path, body);
  }
}

async function startDaemon($: Dollar): Promise<boolean> {
  socketPath = null;
  const answer = await runHelper($, 'ensure-daemon', { timeoutMs: START_LIMIT_MS });
  return answer.ok === true;
}

async function call($: Dollar, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await send($, method, path, body);
  const answer = parse(response.text);
  if (response.ok) return answer;
  const error = (answer as Partial<ApiError> | null)?.error;
  throw new DaemonTrouble(error?.code ?? `http-${response.status}`, error?.message ?? '');
}

async function send($: Dollar, method: string, path: string, body: unknown): Promise<HttpResponse> {
  try {
    const socket = await findSocket($);
    const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
    const init = { method, headers, socketPath: socket };
    return await $.http.fetch(
      `http://omcm${path}`,
      body === undefined ? init : { ...init, body: JSON.stringify(body) },
    );
  } catch (error) {
    socketPath = null;
    throw new DaemonTrouble('daemon-unreachable', String(error));
  }
}

async function findSocket($: Dollar): Promise<string> {
  if (socketPath !== null) return socketPath;
  const file = endpointFileIn({
    OMCM_HOME: await $.env.get('OMCM_HOME'),
    XDG_STATE_HOME: await $.env.get('XDG_STATE_HOME'),
    HOME: await $.env.get('HOME'),
    USERPROFILE: await $.env.get('USERPROFILE'),
  });
  if (file === null) throw new Error('no home folder is known');
  const endpoint = JSON.parse(await $.fs.read(file)) as { socketPath: string };
  socketPath = endpoint.socketPath;
  return endpoint.socketPath;
}

async function runHelper($: Dollar, command: string, input: object): Promise<{ ok?: boolean }> {
  try {
    const argv = ['node', `${$.plugin.root}/dist/report.js`, command];
    const { stdout } = await $.process.run(argv, { stdin: JSON.stringify(input), timeoutMs: 3_000 });
    return (parse(stdout) ?? {}) as { ok?: boolean };
  } catch {
    return {};
  }
}

function toStarted(answer: unknown): TaskStarted {
  const { taskId, decision } = (answer ?? {}) as Partial<TaskStarted>;
  if (typeof taskId === 'string' && typeof decision?.route === 'boolean') return answer as TaskStarted;
  throw new DaemonTrouble('daemon-strange', 'The daemon said nothing of a task.');
}

function toEvents(answer: unknown): TaskEvents {
  const { events, next } = (answer ?? {}) as Partial<TaskEvents>;
  if (Array.isArray(events) && typeof next === 'number') return answer as TaskEvents;
  throw new DaemonTrouble('daemon-strange', 'The daemon said nothing of events.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

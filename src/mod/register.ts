/**
 * The mod: when a subagent is about to ask Claude, the daemon is asked whether another model should answer.
 *
 *   step 0 of a subagent ─▶ daemon decides ─▶ native ─────────────────────▶ next(e)
 *                                 ├─▶ blocked by a rule ─▶ its message, stop
 *                                 └─▶ routed ─▶ text as it streams ─▶ stop with the real usage
 *                                        ├─ failed before it had begun ─▶ next(e)
 *                                        └─ failed after it ─▶ a sentence that says so, stop
 *
 * Begun is what has said something, and what may write and has used a tool: its text can come much later.
 *
 * What is typed passes here too: a few words at its beginning ask for a mode of this session, or end it; others, alone,
 * ask how it goes on in OpenCode.
 *
 * Whatever of ours fails, `next(e)` runs the native subagent. The functions stand at the top level because
 * Claude Code lets `$` be passed to nothing else.
 */

import type { TokenUsage } from '../core/delegation/engine.ts';
import { LONGEST_REQUEST } from '../core/handoff/asks-for-handoff.ts';
import { findSessionRequest, type SessionRequest } from '../core/session-mode/find-request.ts';
import type { AGENT_HEADER as AGENT_OF, TOLD_HEADER as TOLD } from '../protocol/model-request.ts';
import type { QUIET_SESSION } from '../protocol/quiet-session.ts';
import type { PrepareRequest } from '../protocol/task.ts';
import {
  askSession,
  type BlockedCall,
  cancelTask,
  DaemonTrouble,
  describeRefused,
  greetDaemon,
  leaveSession,
  type ModTask,
  pollTask,
  prepareTask,
  readLastStep,
  readLine,
  reportFailedOpen,
  reportQuota,
  startTask,
  tellClaudeIsBack,
  tellPrompt,
  toDaemon,
} from './daemon-calls.ts';
import { describeEnd, describeLoss, toUsage, usageOf } from './describe-end.ts';
import type {
  Chunk,
  Dollar,
  FetchInput,
  FetchResult,
  On,
  RateLimit,
  SpawnInput,
  StepInput,
  StepResult,
  StepUsage,
} from './engine-interface.ts';

const spawned = new Map<string, SpawnInput>();
/** Subagents whose model requests go to the daemon. */
const stepwise = new Set<string>();
/** What such a subagent's step takes is asked for when its answer begins, so that it is there when the step ends. */
const stepTokens = new Map<string, Promise<TokenUsage | null>>();
/** Claude Code shows its model requests to nobody where its settings are managed, or it asks another service. */
let seesRequests = false;
/** Another model answers in Claude's place. */
let isRescued = false;
let lastRead: readonly RateLimit[] = [];
let pinned = '';

const GREETINGS = 8;
const GREETING_PAUSE_MS = 1_000;
const NOTICE_MS = 10_000;
const LINE_EVERY_MS = 2_000;
const MESSAGES = /\/v1\/messages(?:\?|$)/;
const AGENT_HEADER = 'x-claude-code-agent-id' satisfies typeof AGENT_OF;
const TOLD_HEADER = 'x-omcm-told' satisfies typeof TOLD;
const CANCEL_LIMIT_MS = 1_000;
const GOODBYE_LIMIT_MS = 300;
const HEARING_LIMIT_MS = 300;
const USAGE_LIMIT_MS = 300;
/** Others who submit prompts: notifications, schedules, other sessions, plugins. */
const PEOPLE = new Set(['composer', 'sdk', 'bridge', 'unclassified']);
const READING_TRIES = 3;
const READING_PAUSE_MS = 2_000;

export const register = (on: On): void => {
  on('session.start', async ($, e, next) => {
    const started = await next(e);
    await announce($).catch(() => undefined);
    return started;
  });

  on('session.end', async ($, e, next) => {
    // The end of a session has no time to lose; a daemon that does not hear of it forgets by itself.
    await soon($, leaveSession($, e.sessionId), GOODBYE_LIMIT_MS);
    return next(e);
  });

  on('prompt.submit', async ($, e, next) => {
    const isPersons = PEOPLE.has(e.origin.kind) && !(await isQuiet($));
    if (!isPersons) return next(e);
    const request = findSessionRequest(e.text);
    const context = await (request === null ? hear($, e.text) : passOn($, request));
    return next(context === null ? e : { ...e, context: [...(e.context ?? []), context] });
  });

  on('session.measure', async ($, e, next) => {
    if (e.changed.includes('rateLimits') && e.rateLimits.length > 0) {
      lastRead = e.rateLimits;
      await tellQuota($, e.rateLimits, READING_TRIES);
    }
    return next(e);
  });

  on('agent.spawn', async ($, e, next) => {
    // Not waited for: by the time the subagent asks, the daemon has decided and a session is open.
    if (isOnePrompt(e) && e.resume === undefined) void prepare($, e);
    const started = await next(e);
    if (started.agentId !== undefined) remember(started.agentId, e);
    return started;
  });

  on('http.fetch', async ($, e, next) => {
    if (next.origin?.plugin !== 'engine') return next(e);
    const isMessage = MESSAGES.test(e.url);
    seesRequests ||= isMessage;
    if (isMessage && isLeads(e)) {
      const answered = await next(e);
      if (!isRefused(answered)) {
        if (isRescued && isGood(answered)) void tellReturn($);
        return answered;
      }
      try {
        if (await isQuiet($)) return answered;
        const refused = await describeRefused($, answered.value.headers ?? {});
        const rescued = await next({ ...e, ...(await toDaemon($, e, refused)) });
        tellRescue($, rescued);
        if (!isGood(rescued)) return answered;
        isRescued = true;
        return rescued;
      } catch {
        // Without a daemon the refusal stands.
        return answered;
      }
    }
    if (!isStep(e)) return next(e);
    try {
      const answered = await next({ ...e, ...(await toDaemon($, e)) });
      if (isGood(answered)) {
        followStep($, e);
        return answered;
      }
    } catch {
      // A daemon that is gone: Claude answers this step, in the same conversation.
    }
    return next(e);
  });

  on('turn.step', { agentId: /.+/ }, async function* ($, e, next) {
    const task = await begin($, e);
    if (task === null) return yield* countTruly($, e, next(e));
    if ('blocked' in task) {
      yield { kind: 'text', index: 0, text: task.blocked };
      return yield* stop(e, task.blocked, { ...usageOf(null), model: 'omcm' });
    }
    let text = '';
    let hasActed = false;
    let isDone = false;
    try {
      for (let from = 0; !isDone; ) {
        const read = await pollTask($, task, from);
        from = read.next;
        isDone = read.done;
        for (const event of read.events) {
          if (event.type === 'text') {
            text += event.text;
            yield { kind: 'text', index: 0, text: event.text };
          }
          if (event.type === 'activity') hasActed ||= task.writes;
          if (event.type === 'failed' && !event.begun) return yield* next(e);
          if (event.type === 'finished' || event.type === 'failed') {
            const { closing, usage } = describeEnd(event, text !== '');
            if (closing !== '') yield { kind: 'text', index: 0, text: closing };
            return yield* stop(e, text + closing, usage);
          }
        }
      }
      throw new DaemonTrouble('daemon-strange', 'The task ended without an end.');
    } catch (error) {
      if (!(error instanceof DaemonTrouble)) throw error;
      isDone = true;
      // Two must not work on the same files: a daemon that only failed to answer still has the task.
      await soon($, cancelTask($, task), CANCEL_LIMIT_MS);
      await reportFailedOpen($, task.agent, error).catch(() => undefined);
      if (text === '' && !hasActed) return yield* next(e);
      const closing = describeLoss(error.code, text !== '');
      yield { kind: 'text', index: 0, text: closing };
      return yield* stop(e, text + closing, usageOf(null));
    } finally {
      if (!isDone) await cancelTask($, task).catch(() => undefined);
    }
  });
};

/** Of a subagent whose requests another model answers. One that does not stream is asked after a stream that broke. */
function isStep({ url, init }: FetchInput): boolean {
  const agentId = init?.headers?.[AGENT_HEADER];
  if (agentId === undefined || !stepwise.has(agentId) || !MESSAGES.test(url)) return false;
  return /"stream":\s*true/.test(init?.body ?? '');
}

/** A step of the main conversation. One that does not stream is asked after a stream that broke, or in passing. */
function isLeads({ init }: FetchInput): boolean {
  return init?.headers?.[AGENT_HEADER] === undefined && /"stream":\s*true/.test(init?.body ?? '');
}

type Answered = Extract<FetchResult, { value?: unknown }>;

function isGood(answered: FetchResult): boolean {
  return 'value' in answered && answered.value?.ok === true;
}

function isRefused(
  answered: FetchResult,
): answered is Answered & { readonly value: NonNullable<Answered['value']> } {
  return 'value' in answered && answered.value?.status === 429;
}

function tellRescue($: Dollar, rescued: FetchResult): void {
  const told = 'value' in rescued ? rescued.value?.headers?.[TOLD_HEADER] : undefined;
  if (told !== undefined) $.ui.toast(decodeURIComponent(told), { timeoutMs: NOTICE_MS });
}

async function tellReturn($: Dollar): Promise<void> {
  isRescued = false;
  // What the daemon knows of it is over too.
  const notice = await tellClaudeIsBack($).catch(() => null);
  $.ui.toast(notice ?? 'OMCM: Claude answers again.', { timeoutMs: NOTICE_MS });
}

/** Whether it works out or not, nobody waits longer for it. */
async function soon<T>($: Dollar, work: Promise<T>, limitMs: number): Promise<T | null> {
  const patience = new Promise<null>((resolve) => void $.clock.after(limitMs, () => resolve(null)));
  return Promise.race([work.catch(() => null), patience]);
}

/** What the model is to know of it. */
async function passOn($: Dollar, request: SessionRequest): Promise<string | null> {
  try {
    const { notice, context } = await askSession($, request);
    if (notice !== null) $.ui.toast(notice, { timeoutMs: NOTICE_MS });
    return context;
  } catch {
    if (request.kind === 'start')
      $.ui.toast(`OMCM: the daemon does not answer, so ${request.mode} is not on. See \`omcm doctor\`.`, {
        timeoutMs: NOTICE_MS,
      });
    return null;
  }
}

/** A prompt that could ask for a hand-over: its words are in the configuration, which the daemon knows. */
async function hear($: Dollar, text: string): Promise<string | null> {
  if (text.length > LONGEST_REQUEST) return null;
  const heard = tellPrompt($, text).then(({ notice, context }) => {
    if (notice !== null) $.ui.toast(notice, { timeoutMs: NOTICE_MS });
    return context;
  });
  return soon($, heard, HEARING_LIMIT_MS);
}

/** The hook of the second way sees this in its environment and leaves the calls of this session to us. */
async function announce($: Dollar): Promise<void> {
  const { CLAUDE_PID } = await $.process.hookEnv();
  await $.env.set('OMCM_MOD_PID', CLAUDE_PID);
  await greet($, CLAUDE_PID, GREETINGS);
}

/** The SessionStart hook may still be starting the daemon. What it has to say is for the user, not for Claude. */
async function greet($: Dollar, claudePid: string | undefined, triesLeft: number): Promise<void> {
  try {
    const { notice, footer } = await greetDaemon($, claudePid);
    if (footer) pinLine($);
    if (notice !== null) $.ui.toast(notice, { timeoutMs: NOTICE_MS });
  } catch {
    if (triesLeft > 1) $.clock.after(GREETING_PAUSE_MS, () => void greet($, claudePid, triesLeft - 1));
    else
      $.ui.toast('OMCM: the daemon does not answer; subagents run on Claude. See `omcm doctor`.', {
        timeoutMs: NOTICE_MS,
      });
  }
}

/** Again and again, as long as the session lives: what it shows changes outside as well. */
function pinLine($: Dollar): void {
  const pin = async () => {
    const line = await readLine($).catch(() => null);
    if (line !== null && line !== pinned) $.ui.status(line);
    pinned = line ?? pinned;
    $.clock.after(LINE_EVERY_MS, () => void pin());
  };
  void pin();
}

/** The daemon may be on its way; the next reading may be a long time coming. */
async function tellQuota($: Dollar, rateLimits: readonly RateLimit[], triesLeft: number): Promise<void> {
  if (rateLimits !== lastRead) return;
  try {
    for (const notice of await reportQuota($, rateLimits)) $.ui.toast(notice, { timeoutMs: NOTICE_MS });
  } catch {
    if (triesLeft > 1) $.clock.after(READING_PAUSE_MS, () => void tellQuota($, rateLimits, triesLeft - 1));
  }
}

function remember(agentId: string, spawn: SpawnInput): void {
  spawned.delete(agentId);
  spawned.set(agentId, spawn);
  const [oldest] = spawned.keys();
  if (spawned.size > 500 && oldest !== undefined) spawned.delete(oldest);
}

type Task = ModTask | BlockedCall;

type Steps = AsyncGenerator<Chunk, StepResult>;

/** `null`: this step is Claude's. */
async function begin($: Dollar, e: StepInput): Promise<Task | null> {
  const { agentId } = e;
  if (e.index > 0 || agentId === undefined) return null;
  const spawn = spawned.get(agentId);
  if (spawn === undefined || !isOnePrompt(spawn) || (await isQuiet($))) return null;
  try {
    const [prompt, call, { TRACEPARENT: traceparent }] = await Promise.all([
      lastPrompt($, agentId),
      describeCall($, spawn),
      // Where Claude Code records traces, it gives its hooks the span that they belong to.
      $.process.hookEnv().catch((): Record<string, string> => ({})),
    ]);
    if (prompt === null) return null;
    const resumed = spawn.resume !== undefined;
    const started = await startTask($, { ...call, prompt, agentId, resumed, traceparent });
    if (started === null || !('stepwise' in started)) return started;
    stepwise.add(agentId);
    const [oldest] = stepwise;
    if (stepwise.size > 500 && oldest !== undefined) stepwise.delete(oldest);
    return null;
  } catch (error) {
    const trouble = new DaemonTrouble('internal', String(error));
    await reportFailedOpen($, spawn.subagentType, trouble).catch(() => undefined);
    return null;
  }
}

/**
 * Where another model answered, the usage is nought, or Claude Code would price it as Claude's. What it shows of the
 * subagent is read here, which has no price.
 */
async function* countTruly($: Dollar, e: StepInput, steps: Steps): Steps {
  const { agentId } = e;
  if (agentId === undefined || !stepwise.has(agentId)) return yield* steps;
  let used: StepUsage | null = null;
  let isOver = false;
  try {
    for (;;) {
      const { value, done } = await steps.next();
      isOver = done === true;
      if (done) return used === null ? value : { ...value, usage: used };
      if (value.kind === 'stop' && isNought(value.usage)) {
        const tokens = await soon($, stepTokens.get(agentId) ?? readLastStep($, agentId), USAGE_LIMIT_MS);
        used = tokens === null ? null : toUsage(tokens, value.usage.model);
      }
      yield value.kind === 'stop' && used !== null ? { ...value, usage: used } : value;
    }
  } finally {
    stepTokens.delete(agentId);
    if (!isOver) await steps.return(resultOf(e, '', usageOf(null)));
  }
}

function followStep($: Dollar, { init }: FetchInput): void {
  const agentId = init?.headers?.[AGENT_HEADER];
  if (agentId === undefined) return;
  const read = () => readLastStep($, agentId);
  // A step may take longer than a request is given.
  stepTokens.set(
    agentId,
    read()
      .catch(read)
      .catch(() => null),
  );
}

function isNought({ input_tokens: input, output_tokens: output }: StepUsage): boolean {
  return input === 0 && output === 0;
}

/** A fork carries the parent's whole conversation and a teammate talks back: neither is one prompt. */
function isOnePrompt({ fork, isTeammate }: SpawnInput): boolean {
  return fork !== true && isTeammate !== true;
}

async function prepare($: Dollar, spawn: SpawnInput): Promise<void> {
  if (await isQuiet($)) return;
  // What cannot be prepared is done when the subagent asks, and its fault is told then.
  await prepareTask($, await describeCall($, spawn)).catch(() => undefined);
}

/** Somebody has decided already that what happens in this session stays in it. */
async function isQuiet($: Dollar): Promise<boolean> {
  // Claude Code loads no mod that reads a variable whose name is not written out.
  return Boolean(await $.env.get('OMCM_OFF' satisfies typeof QUIET_SESSION).catch(() => undefined));
}

async function describeCall($: Dollar, spawn: SpawnInput): Promise<PrepareRequest> {
  const [sessionId, cwd] = await Promise.all([$.session.id(), $.session.cwd()]);
  return {
    agent: spawn.subagentType,
    directory: spawn.cwd ?? cwd,
    permissionMode: spawn.permissionMode ?? 'default',
    sessionId,
    toolUseId: spawn.tool_use_id,
    seesRequests,
    via: 'mod',
  };
}

async function lastPrompt($: Dollar, agentId: string): Promise<string | null> {
  const messages = await $.session.messages({ agentId });
  if ('deny' in messages) return null;
  return messages.filter(({ role }) => role === 'user').at(-1)?.text ?? null;
}

async function* stop(e: StepInput, answer: string, usage: StepUsage): AsyncGenerator<Chunk, StepResult> {
  yield { kind: 'stop', stopReason: 'end_turn', usage };
  return resultOf(e, answer, usage);
}

function resultOf({ turnId, index }: StepInput, answer: string, usage: StepUsage): StepResult {
  return { turnId, index, answer, toolUses: [], stopReason: 'end_turn', usage };
}

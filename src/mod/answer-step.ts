/**
 * A step of a subagent: when it is about to ask Claude for the first time, the daemon is asked who should answer.
 *
 *   step 0 of a subagent ─▶ daemon decides ─▶ native ─────────────────────▶ next(e)
 *                                 ├─▶ blocked by a rule ─▶ its message, stop
 *                                 └─▶ routed ─▶ text as it streams ─▶ stop with the real usage
 *                                        ├─ failed before it had begun ─▶ next(e)
 *                                        └─ failed after it ─▶ a sentence that says so, stop
 *
 * Begun is what has said something, and what may write and has used a tool: its text can come much later.
 */
import {
  type BlockedCall,
  cancelTask,
  DaemonTrouble,
  type ModTask,
  pollTask,
  reportFailedOpen,
  startTask,
} from './daemon-calls.ts';
import { describeEnd, describeLoss, usageOf } from './describe-end.ts';
import type { Chunk, Dollar, StepInput, StepResult, StepUsage } from './engine-interface.ts';
import { countTruly, lead } from './led-subagents.ts';
import { isQuiet } from './quiet-session.ts';
import { soon } from './soon.ts';
import { callOf, describeCall, lastPrompt } from './spawned-calls.ts';
import { resultOf } from './step-result.ts';

const CANCEL_LIMIT_MS = 1_000;

type Steps = AsyncGenerator<Chunk, StepResult>;

export async function* answerStep($: Dollar, e: StepInput, next: (input: StepInput) => Steps): Steps {
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
}

type Task = ModTask | BlockedCall;

/** `null`: this step is Claude's. */
async function begin($: Dollar, e: StepInput): Promise<Task | null> {
  const { agentId } = e;
  if (e.index > 0 || agentId === undefined) return null;
  const spawn = callOf(agentId);
  if (spawn === null || (await isQuiet($))) return null;
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
    lead(agentId);
    return null;
  } catch (error) {
    const trouble = new DaemonTrouble('internal', String(error));
    await reportFailedOpen($, spawn.subagentType, trouble).catch(() => undefined);
    return null;
  }
}

async function* stop(e: StepInput, answer: string, usage: StepUsage): AsyncGenerator<Chunk, StepResult> {
  yield { kind: 'stop', stopReason: 'end_turn', usage };
  return resultOf(e, answer, usage);
}

/**
 * The second engine: a subagent stays Claude Code's in everything, and only its model requests are answered by another
 * model, one by one.
 *
 *   assign ─▶ request ─▶ first target that begins to answer ─▶ its words as Claude's ─▶ request ─▶ …
 *                 └─ nobody begins: the subagent is Claude's from here on, in the same conversation
 *
 * Before the first word nothing is sent, so Claude can answer in its place; a stream that breaks later is told as such,
 * and Claude Code asks again, which Claude answers.
 */
import { randomUUID } from 'node:crypto';
import { isModelAtFault, listRemaining } from '../../core/delegation/decide-next-attempt.ts';
import { type Failure, failure, toFailure } from '../../core/delegation/failure.ts';
import type { MessagesBody } from '../../core/native-tools/messages-body.ts';
import { encodeEvents, startMessagesStream } from '../../core/native-tools/messages-stream.ts';
import { priceTokens } from '../../core/native-tools/price-tokens.ts';
import { toConversation } from '../../core/native-tools/to-conversation.ts';
import { NOTHING_SPENT } from '../../core/opencode/spent.ts';
import type { Target } from '../../core/routing/decision.ts';
import { modelRef } from '../../core/routing/list-targets.ts';
import { type BegunStep, beginStep, type StepParts } from './begin-step.ts';
import { createLastSteps, type LastSteps } from './last-steps.ts';
import type { AssignedTask, Work } from './work.ts';
import type { WorkDesk } from './work-desk.ts';

export type NativeSteps = {
  /** Its requests are answered by the decision's targets from now on. */
  assign(task: AssignedTask): void;
  /** `null`: Claude answers. */
  answer(agentId: string, body: MessagesBody, signal: AbortSignal): Promise<AsyncIterable<string> | null>;
  /** Whom its next request goes to first, which is who answered the last one; `null`: nobody of ours. */
  leaderOf: WorkDesk['leaderOf'];
  lastStepOf: LastSteps['of'];
  running(): number;
  /** The steps that are being answered have been, or the limit is reached. */
  untilStill(limit: AbortSignal): Promise<void>;
  /** Breaks off what is being answered, so that Claude goes on, and writes down what was done. */
  close(): Promise<void>;
};

type NativeStepsParts = StepParts & { readonly desk: WorkDesk };

export function createNativeSteps(parts: NativeStepsParts): NativeSteps {
  const { desk } = parts;
  const lastSteps = createLastSteps();
  const closing = new AbortController();
  const atWork = new Set<Promise<void>>();

  const enter = (): (() => void) => {
    let leave = () => {};
    const over = new Promise<void>((resolve) => {
      leave = resolve;
    });
    atWork.add(over);
    return () => {
      atWork.delete(over);
      leave();
    };
  };

  const begin = async (work: Work, body: MessagesBody, signal: AbortSignal): Promise<BegunStep | Failure> => {
    let why = failure('provider-unavailable');
    for (let left = work.targets; ; ) {
      const [target, ...others] = left;
      if (target === undefined) return why;
      const conversation = toConversation(body, target.name);
      const begun = await beginStep(parts, work, { target, conversation, signal });
      if ('events' in begun) return begun;
      why = begun;
      left = isModelAtFault(why.code) ? listRemaining(target, why.code, others) : [];
    }
  };

  const speak = async function* (telling: Telling, leave: () => void): AsyncGenerator<string> {
    try {
      yield* tell(parts, telling);
    } finally {
      leave();
    }
  };

  return {
    assign: desk.open,
    answer: async (agentId, body, asked) => {
      const work = desk.take(agentId);
      if (work === null) return null;
      if (work.limit !== null && desk.tokensOf(work) > work.limit) return endOverBudget(desk, work, body);
      const leave = enter();
      const signal = AbortSignal.any([asked, closing.signal]);
      const step = await begin(work, body, signal).catch(toFailure);
      if ('events' in step) {
        work.targets = putFirst(work.targets, step.target);
        return speak({ work, body, step, onOver: lastSteps.begin(agentId) }, leave);
      }
      leaveToClaude(desk, work, step);
      leave();
      return null;
    },
    leaderOf: desk.leaderOf,
    lastStepOf: lastSteps.of,
    running: desk.running,
    untilStill: async (limit) => {
      const reached = new Promise<void>((resolve) => {
        if (limit.aborted) resolve();
        limit.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([Promise.all(atWork), reached]);
    },
    close: async () => {
      closing.abort(failure('draining'));
      await Promise.all(atWork);
      desk.closeAll();
    },
  };
}

type Telling = {
  readonly work: Work;
  readonly body: MessagesBody;
  readonly step: BegunStep;
  readonly onOver: ReturnType<LastSteps['begin']>;
};

/** One answer, in the words of Claude's interface. */
async function* tell(
  { desk, memory }: Pick<NativeStepsParts, 'desk' | 'memory'>,
  { work, body, step, onOver }: Telling,
): AsyncGenerator<string> {
  const stream = startMessagesStream({ id: newMessageId(), ...body });
  const mark = work.mark?.(body, step.target) ?? '';
  let text = '';
  let called = false;
  let isOver = false;
  try {
    yield encodeEvents(...stream.begin(), ...stream.write({ type: 'text', text: mark }));
    for await (const part of step.events) {
      if (part.type === 'text') {
        text += part.text;
        work.tell({ type: 'text', text: part.text });
      }
      if (part.type === 'tool-call') {
        called = true;
        work.tell({ type: 'activity', text: part.toolName });
        const { toolCallId, sealed } = part;
        if (sealed !== undefined) memory.keep(toolCallId, { model: modelRef(step.target), ...sealed });
      }
      if (part.type !== 'finish') {
        yield encodeEvents(...stream.write(part));
        continue;
      }
      const spent = { tokens: part.tokens, costUsd: priceTokens(part.tokens, step.access.price) };
      isOver = true;
      desk.spend(work, step.target, spent);
      onOver(part.tokens);
      step.ended(spent, null);
      if (called) desk.expect(work);
      else desk.answered(work, text);
      yield encodeEvents(...stream.end(part.finish));
      return;
    }
    throw failure('provider-garbage', { detail: 'the answer has no end' });
  } catch (error) {
    const failed = step.classify(error);
    isOver = true;
    step.ended(NOTHING_SPENT, failed);
    leaveToClaude(desk, work, failed);
    yield encodeEvents({ type: 'error', error: { type: 'api_error', message: failed.message } });
  } finally {
    onOver(null);
    // Whoever read it has gone away.
    if (!isOver) {
      step.ended(NOTHING_SPENT, failure('cancelled'));
      desk.brokenOff(work);
    }
  }
}

/** What a user breaks off may go on at once. */
function leaveToClaude(desk: WorkDesk, work: Work, why: Failure): void {
  if (why.code === 'cancelled') desk.brokenOff(work);
  else desk.fail(work, why, false);
}

/** Claude goes on where the user lets it; otherwise the subagent ends with the reason. */
function endOverBudget(desk: WorkDesk, work: Work, body: MessagesBody): AsyncIterable<string> | null {
  const { budgets, limit } = work;
  const why = failure('over-budget', { detail: `${desk.tokensOf(work)} tokens so far, of ${limit}` });
  const stops = budgets.onExceeded === 'stop';
  desk.fail(work, why, stops);
  if (!stops) return null;
  const text = `[${why.message} (${why.detail}) Only the user can raise it (budgets.task). Do not start it again.]`;
  return sayOnly(text, body.model);
}

async function* sayOnly(text: string, model: string): AsyncGenerator<string> {
  const stream = startMessagesStream({ id: newMessageId(), model });
  yield encodeEvents(...stream.begin(), ...stream.write({ type: 'text', text }), ...stream.end('stop'));
}

function newMessageId(): string {
  return `msg_${randomUUID()}`;
}

function putFirst(targets: readonly Target[], first: Target): readonly Target[] {
  return [first, ...targets.filter((one) => one !== first)];
}

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
import type { StepEvent } from '../adapters/vendors/stream-step.ts';
import { countTokens } from '../core/delegation/count-tokens.ts';
import { type Failure, failure } from '../core/delegation/failure.ts';
import type { Conversation } from '../core/native-tools/conversation.ts';
import type { MessagesBody } from '../core/native-tools/messages-body.ts';
import { encodeEvent, startMessagesStream } from '../core/native-tools/messages-stream.ts';
import { priceTokens } from '../core/native-tools/price-tokens.ts';
import { toConversation } from '../core/native-tools/to-conversation.ts';
import { addSpent, NOTHING_SPENT, type Spent } from '../core/opencode/spent.ts';
import type { RoutedDecision, Target } from '../core/routing/decision.ts';
import { estimateTokens } from '../core/savings/estimate-tokens.ts';
import type { ModelSpent } from '../core/savings/task-savings.ts';
import type { ParsedTaskRequest } from '../protocol/task.ts';
import type { Dispatch } from './create-dispatch.ts';
import type { Recorder } from './recorder.ts';
import type { ServerPool } from './server-pool.ts';

export type NativeSteps = {
  /** Its requests are answered by the decision's targets from now on. */
  assign(task: AssignedTask): void;
  /** `null`: Claude answers. */
  answer(agentId: string, body: MessagesBody, signal: AbortSignal): Promise<AsyncIterable<string> | null>;
};

export type AssignedTask = {
  readonly requestId: string;
  readonly agentId: string;
  readonly request: ParsedTaskRequest;
  readonly decision: RoutedDecision;
  /** Longest silence of a vendor's, before its first word and between any two. */
  readonly patienceMs: number;
};

export type NativeStepsParts = {
  readonly dispatch: Dispatch;
  readonly recorder: Recorder;
  readonly pool: Pick<ServerPool, 'access'>;
  readonly now: () => number;
};

/** A subagent that has not asked for so long was ended, or its session was. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;

type Work = AssignedTask & {
  readonly startedAt: number;
  targets: readonly Target[];
  spent: Spent;
  byModel: readonly ModelSpent[];
  expiry: NodeJS.Timeout | null;
  /** Its end has been written down; another request would be another piece of work. */
  hasEnded: boolean;
};

export function createNativeSteps({ dispatch, recorder, pool, now }: NativeStepsParts): NativeSteps {
  const working = new Map<string, Work>();
  /** Loaded when it is needed first: it takes longer than all the rest of the daemon. */
  const loadVendors = () => import('../adapters/vendors/vendors.ts');

  const end = (work: Work, failed: Failure | null, text: string): void => {
    if (work.expiry !== null) clearTimeout(work.expiry);
    if (work.hasEnded) return;
    work.hasEnded = true;
    const { requestId, request, decision, startedAt, spent, byModel } = work;
    const last = byModel.at(-1) ?? decision.target;
    const { provider, model } = last;
    const durationMs = now() - startedAt;
    recorder.ended({
      requestId,
      request,
      decision,
      outcome: { ...spent, filesChanged: [], model, provider, durationMs, fullTextFile: null },
      contextChars: 0,
      failure: failed,
      begun: byModel.length > 0,
      via: null,
      spent: byModel,
      answerTokens: estimateTokens(text),
    });
  };

  const leaveToClaude = (work: Work, why: Failure): null => {
    working.delete(work.agentId);
    end(work, why, '');
    return null;
  };

  const expect = (work: Work): void => {
    if (work.expiry !== null) clearTimeout(work.expiry);
    work.expiry = setTimeout(
      () => void leaveToClaude(work, failure('cancelled')),
      FORGOTTEN_AFTER_MS,
    ).unref();
  };

  const begin = async (
    work: Work,
    target: Target,
    conversation: Conversation,
    signal: AbortSignal,
  ): Promise<Begun | Failure> => {
    const startedAt = now();
    const { role } = work.decision;
    const rests = dispatch.begin(target);
    if (rests !== null) return failure(rests);
    const note = (failed: Failure | null, { tokens, costUsd }: Spent) =>
      dispatch.ended({
        role,
        target,
        failure: failed,
        latencyMs: now() - startedAt,
        tokens: countTokens(tokens),
        costUsd,
      });
    const { openModel, streamStep, classifyVendorError } = await loadVendors();
    try {
      const access = await pool.access(target, work.request.directory);
      if (typeof access === 'string') return failure('provider-refused-key', { detail: access });
      const model = openModel(access);
      if (model === null)
        return failure('provider-refused-key', { detail: `nobody speaks ${access.npm} here` });
      const steps = streamStep(model, conversation, { signal, silenceMs: work.patienceMs });
      const first = await steps.next();
      if (first.done === true) throw failure('provider-garbage', { detail: 'nothing was said' });
      return { target, first: first.value, rest: steps, price: access.price, note };
    } catch (error) {
      const failed = classifyVendorError(error);
      if (!signal.aborted) note(failed, NOTHING_SPENT);
      return failed;
    }
  };

  async function* speak(work: Work, body: MessagesBody, begun: Begun): AsyncGenerator<string> {
    const stream = startMessagesStream({ id: `msg_${randomUUID()}`, ...body });
    let text = '';
    let called = false;
    try {
      for (const event of stream.begin()) yield encodeEvent(event);
      for await (const part of chain(begun.first, begun.rest)) {
        if (part.type === 'text') text += part.text;
        if (part.type === 'tool-call') called = true;
        if (part.type !== 'finish') {
          for (const event of stream.write(part)) yield encodeEvent(event);
          continue;
        }
        const spent = { tokens: part.tokens, costUsd: priceTokens(part.tokens, begun.price) };
        note(work, begun.target, spent);
        begun.note(null, spent);
        if (!called) end(work, null, text);
        else expect(work);
        for (const event of stream.end(part.finish)) yield encodeEvent(event);
        return;
      }
      throw failure('provider-garbage', { detail: 'the answer has no end' });
    } catch (error) {
      const { classifyVendorError } = await loadVendors();
      const failed = classifyVendorError(error);
      begun.note(failed, NOTHING_SPENT);
      leaveToClaude(work, failed);
      yield encodeEvent({ type: 'error', error: { type: 'api_error', message: failed.message } });
    }
  }

  return {
    assign: (task) => {
      const { target, alternatives } = task.decision;
      const work: Work = {
        ...task,
        startedAt: now(),
        targets: [target, ...alternatives],
        spent: NOTHING_SPENT,
        byModel: [],
        expiry: null,
        hasEnded: false,
      };
      working.set(task.agentId, work);
      expect(work);
    },
    answer: async (agentId, body, signal) => {
      const work = working.get(agentId);
      if (work === undefined) return null;
      let failed = failure('provider-unavailable');
      for (const target of work.targets) {
        const conversation = toConversation(body, target.name);
        const begun = await begin(work, target, conversation, signal);
        if (signal.aborted) return null;
        if ('first' in begun) {
          // What a conversation is begun with, it is gone on with.
          work.targets = [target, ...work.targets.filter((one) => one !== target)];
          return speak(work, body, begun);
        }
        failed = begun;
      }
      return leaveToClaude(work, failed);
    },
  };
}

type Begun = {
  readonly target: Target;
  readonly first: StepEvent;
  readonly rest: AsyncGenerator<StepEvent>;
  readonly price: Parameters<typeof priceTokens>[1];
  readonly note: (failed: Failure | null, spent: Spent) => void;
};

function note(work: Work, { provider, model }: Target, spent: Spent): void {
  work.spent = addSpent(work.spent, spent);
  const last = work.byModel.at(-1);
  work.byModel =
    last?.provider === provider && last.model === model
      ? [...work.byModel.slice(0, -1), { provider, model, ...addSpent(last, spent) }]
      : [...work.byModel, { provider, model, ...spent }];
}

async function* chain(first: StepEvent, rest: AsyncGenerator<StepEvent>): AsyncGenerator<StepEvent> {
  yield first;
  yield* rest;
}

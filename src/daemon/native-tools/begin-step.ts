/** Asks one model for the next step, and waits for its first word. Whatever was begun is told its end, once. */
import type { StepEvent } from '../../adapters/vendors/stream-step.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import { type Failure, failure, toFailure } from '../../core/delegation/failure.ts';
import type { Conversation } from '../../core/native-tools/conversation.ts';
import type { ModelAccess } from '../../core/native-tools/model-access.ts';
import { recallReasoning } from '../../core/native-tools/recall-reasoning.ts';
import { NOTHING_SPENT, type Spent } from '../../core/opencode/spent.ts';
import type { Target } from '../../core/routing/decision.ts';
import { modelRef } from '../../core/routing/list-targets.ts';
import type { Dispatch } from '../delegation/create-dispatch.ts';
import type { ServerPool } from '../pool/server-pool.ts';
import type { ReasoningMemory } from './reasoning-memory.ts';
import type { Work } from './work.ts';

export type StepParts = {
  readonly dispatch: Pick<Dispatch, 'begin' | 'ended'>;
  readonly pool: Pick<ServerPool, 'access'>;
  readonly memory: ReasoningMemory;
  readonly now: () => number;
};

export type BegunStep = {
  readonly target: Target;
  readonly events: AsyncGenerator<StepEvent>;
  readonly access: ModelAccess;
  /** To be told once: what it took, or why it failed. */
  readonly ended: (spent: Spent, failed: Failure | null) => void;
  /** What was thrown, as a failure. */
  readonly classify: (error: unknown) => Failure;
};

export type StepQuestion = {
  readonly target: Target;
  readonly conversation: Conversation;
  readonly signal: AbortSignal;
};

/** Loaded when it is needed first: it takes longer than all the rest of the daemon. */
const loadVendors = () => import('../../adapters/vendors/vendors.ts');

export async function beginStep(
  { dispatch, pool, memory, now }: StepParts,
  work: Work,
  { target, conversation, signal }: StepQuestion,
): Promise<BegunStep | Failure> {
  const access = await accessOf(pool, work, target);
  if ('code' in access) return access;
  const { openModel, streamStep, classifyVendorError } = await loadVendors();
  if (signal.aborted) return failure('cancelled');
  const rests = dispatch.begin(target);
  if (rests !== null) return failure(rests);

  const startedAt = now();
  const patience = startPatience(work.patienceMs);
  let isOpen = true;
  const ended: BegunStep['ended'] = ({ tokens, costUsd }, failed) => {
    patience.end();
    if (!isOpen) return;
    isOpen = false;
    const spent = { tokens: countTokens(tokens), costUsd };
    work.trace.note({ kind: 'answered', target, since: startedAt, tokens, failure: failed?.code ?? null });
    const latencyMs = now() - startedAt;
    dispatch.ended({ role: work.decision.role, target, failure: failed, latencyMs, ...spent });
  };
  const classify = (error: unknown): Failure => {
    if (signal.aborted) return failure(isDraining(signal) ? 'draining' : 'cancelled');
    return patience.signal.aborted ? failure('provider-silent') : classifyVendorError(error);
  };
  try {
    const turns = recallReasoning(conversation.turns, modelRef(target), memory.find);
    const asked = streamStep(
      openModel(access),
      { ...conversation, turns },
      {
        signal: AbortSignal.any([signal, patience.signal]),
        onSign: patience.renew,
      },
    );
    const first = await asked.next();
    if (first.done === true) throw failure('provider-garbage', { detail: 'nothing was said' });
    return { target, events: chain(first.value, asked), access, ended, classify };
  } catch (error) {
    const failed = classify(error);
    ended(NOTHING_SPENT, failed);
    return failed;
  }
}

async function accessOf(
  pool: StepParts['pool'],
  { access, request }: Work,
  target: Target,
): Promise<ModelAccess | Failure> {
  const known = access.get(target);
  if (known !== undefined) return known;
  try {
    const found = await pool.access(target, request.directory);
    if (typeof found === 'string')
      return failure('no-direct-access', { detail: `${target.opencodeProvider}: ${found}` });
    access.set(target, found);
    return found;
  } catch (error) {
    return toFailure(error);
  }
}

function isDraining({ reason }: AbortSignal): boolean {
  return toFailure(reason).code === 'draining';
}

/** A vendor may think for long, but not be silent for long. */
function startPatience(ms: number) {
  const patience = new AbortController();
  const give = () => setTimeout(() => patience.abort(failure('provider-silent')), ms).unref();
  let timer = give();
  return {
    signal: patience.signal,
    renew: () => {
      clearTimeout(timer);
      timer = give();
    },
    end: () => clearTimeout(timer),
  };
}

async function* chain(first: StepEvent, rest: AsyncGenerator<StepEvent>): AsyncGenerator<StepEvent> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

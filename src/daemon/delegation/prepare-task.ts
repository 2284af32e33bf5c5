/** Everything about a task that does not need its prompt: the decision, the instructions, a session to work in. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Choice } from '../../core/balancing/choice.ts';
import type { Resting } from '../../core/circuit/list-resting.ts';
import type { Config } from '../../core/config/schema.ts';
import { failure } from '../../core/delegation/failure.ts';
import { explainStandstill } from '../../core/dispatch/explain-standstill.ts';
import type { Order } from '../../core/dispatch/order-targets.ts';
import { decideEnvelope, type Grant } from '../../core/permissions/envelope.ts';
import type { QuotaReadings } from '../../core/quota/reading.ts';
import type { Decision, NativeDecision, RoutedDecision, Target } from '../../core/routing/decision.ts';
import type { ChosenSession, StrategyEngine } from '../../core/strategy/strategy-engine.ts';
import type { ParsedPrepareRequest } from '../../protocol/task.ts';
import type { Log } from '../log/log.ts';
import type { Router } from '../routing/router.ts';
import type { SessionContexts } from '../sessions/session-contexts.ts';
import type { AgentInstructions } from './agent-instructions.ts';
import type { Conversations } from './conversations.ts';
import type { Dispatch } from './create-dispatch.ts';

export type PreparationParts = {
  readonly router: Router;
  readonly dispatch: Dispatch;
  readonly engine: StrategyEngine;
  readonly conversations: Conversations;
  readonly instructions: AgentInstructions;
  readonly contexts: SessionContexts;
  readonly now: () => number;
  readonly log: Log;
};

export type Prepared = {
  readonly decision: Decision;
  readonly config: Config;
  /** What was known of Claude's windows. */
  readonly quota: QuotaReadings;
  /** How its target was picked; `null` where there was nothing to pick. */
  readonly choice: Choice | null;
  /** Of its models, those that are put aside. */
  readonly resting: readonly Resting[];
  /** `null` where the work is Claude Code's own, whoever answers its model requests. */
  readonly work: PreparedWork | null;
};

export type PreparedWork = {
  readonly grant: Grant;
  /** The models that may answer, best first. */
  readonly targets: readonly [Target, ...Target[]];
  /** What it is told of its session. */
  readonly context: Promise<string>;
  /** It goes on with what was said in an earlier turn. */
  readonly continues: boolean;
  /** Opened for the first target, and handed out once. Rejects with a `Failure`. */
  readonly firstSession: Promise<ChosenSession>;
  /** For another try. Rejects with a `Failure`. */
  openAgain(target: Target, signal: AbortSignal): Promise<ChosenSession>;
};

export type Preparation = {
  readonly id: string;
  readonly done: Promise<Prepared>;
  /** Nobody waits for its session any more: it leaves the queue, or is given back. */
  abandon(): void;
};

/**
 * Starts at once; a session is opened as soon as the decision asks for one. What is decided is decided for the folder
 * that was asked for, also where the work is done in a copy of it.
 */
export function prepareTask(
  parts: PreparationParts,
  request: ParsedPrepareRequest,
  directory: string = request.directory,
): Preparation {
  const id = randomUUID();
  const patience = new AbortController();
  const done = prepare(parts, request, { id, directory, signal: patience.signal });
  // Whoever takes the preparation hears of a failure; until then nobody does.
  done.catch(() => undefined);
  return { id, done, abandon: () => patience.abort(failure('cancelled')) };
}

async function prepare(
  parts: PreparationParts,
  request: ParsedPrepareRequest,
  { id, directory, signal }: Pick<Routed, 'id' | 'directory' | 'signal'>,
): Promise<Prepared> {
  const instructions = instructionsOf(parts, request);
  const { decision, config, quota } = await decide(parts, request);
  const resting = decision.route ? parts.dispatch.resting([decision.target, ...decision.alternatives]) : [];
  const known = { config, quota, resting };
  const kept = (native: NativeDecision): Prepared => ({
    ...known,
    decision: native,
    choice: null,
    work: null,
  });
  if (!decision.route) return kept(decision);
  const order =
    request.model === undefined
      ? parts.dispatch.order(decision, config, id)
      : parts.dispatch.orderAsked(decision.target);
  if (order.kind !== 'targets') {
    const native = keep(decision, whyClaude(order));
    const standstill = order.kind === 'none' ? explainStandstill(quota, order.back, parts.now()) : null;
    return kept(standstill === null ? native : { ...native, block: { rule: null, message: standstill } });
  }
  const [target, ...alternatives] = order.targets;
  const settled: RoutedDecision = { ...decision, target, alternatives };
  // Its model requests come one by one; there is no session to be opened for it.
  if (settled.engine === 'native-tools')
    return { ...known, decision: settled, choice: order.choice, work: null };
  const work = begin(parts, {
    request,
    directory,
    decision: settled,
    config,
    id,
    instructions,
    signal,
  });
  return { ...known, decision: settled, choice: order.choice, work };
}

function instructionsOf(
  parts: PreparationParts,
  { model, placed, agent, directory, sessionId }: ParsedPrepareRequest,
): Promise<string | null> {
  if (model !== undefined) return Promise.resolve(null);
  return placed === undefined
    ? parts.instructions(agent, directory, sessionId)
    : Promise.resolve(placed.instructions);
}

type Routed = {
  readonly request: ParsedPrepareRequest;
  /** Where the work is done. */
  readonly directory: string;
  readonly decision: RoutedDecision;
  readonly config: Config;
  readonly id: string;
  readonly instructions: Promise<string | null>;
  readonly signal: AbortSignal;
};

function begin(
  parts: PreparationParts,
  { request, directory, decision, config, id, instructions, signal: patience }: Routed,
): PreparedWork {
  const { delegateWrites } = config.permissions;
  const { permissionMode, agentId } = request;
  const envelope = decideEnvelope({ writes: decision.writes, permissionMode, delegateWrites });
  // Routing has asked the same question already, so `stay` cannot come here; if it did, less is safe.
  const grant: Grant = envelope.kind === 'stay' ? { kind: 'read-only' } : envelope;
  const context = parts.contexts.tell(request, config.context);
  const open = async (target: Target, signal: AbortSignal): Promise<ChosenSession> => {
    const { opencodeAgent } = decision;
    const task = {
      id,
      instructions: joinTexts(await instructions, await context),
      directory,
      opencodeAgent,
      grant,
    };
    return parts.engine.open({ ...task, target, conversation: agentId ?? null }, signal);
  };
  const continues = agentId !== undefined && parts.conversations.has(agentId);
  const { target, alternatives } = decision;
  const firstSession = open(target, patience);
  // Whoever asks for the session hears of a failure; until then nobody does.
  firstSession.catch(() => undefined);
  return { grant, targets: [target, ...alternatives], context, continues, firstSession, openAgain: open };
}

/** The agent's own instructions come first: they say who it is. */
function joinTexts(instructions: string | null, context: string): string | null {
  if (context === '') return instructions;
  return instructions === null ? context : `${instructions}\n\n${context}`;
}

type Decided = { readonly decision: Decision; readonly config: Config; readonly quota: QuotaReadings };

async function decide(parts: PreparationParts, request: ParsedPrepareRequest): Promise<Decided> {
  const decided = await parts.router.decide(request);
  const { decision } = decided;
  if (!decision.route) return decided;
  if (!(await isDirectory(request.directory)))
    return { ...decided, decision: keep(decision, 'directory-missing') };
  const { agentId, resumed } = request;
  // A request of Claude Code's own brings its whole history.
  if (decision.engine === 'native-tools') return decided;
  const isStrange = resumed && (agentId === undefined || !parts.conversations.has(agentId));
  return isStrange ? { ...decided, decision: keep(decision, 'resumed-on-claude') } : decided;
}

/** In the words of the routing log. */
function whyClaude(order: Exclude<Order, { kind: 'targets' }>): string {
  return order.kind === 'claude' ? 'balanced-to-claude' : `all-models-rest-${order.back.code ?? 'now'}`;
}

function keep(decision: RoutedDecision, reason: string): NativeDecision {
  return { route: false, reason, step: 'task', agent: decision.agent, opencodeAgent: null, target: null };
}

/** A relative one would be looked for where the daemon was started. */
async function isDirectory(path: string): Promise<boolean> {
  if (!isAbsolute(path)) return false;
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

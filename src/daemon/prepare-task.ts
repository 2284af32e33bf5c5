/** Everything about a task that does not need its prompt: the decision, the instructions, a session to work in. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Config } from '../core/config/schema.ts';
import type { Engine, EngineSession, EngineWork } from '../core/delegation/engine.ts';
import { failure } from '../core/delegation/failure.ts';
import { decideEnvelope } from '../core/permissions/envelope.ts';
import type { Decision, RoutedDecision } from '../core/routing/decision.ts';
import type { ParsedPrepareRequest } from '../protocol/task.ts';
import type { AgentInstructions } from './agent-instructions.ts';
import type { Conversations } from './conversations.ts';
import type { Log } from './log.ts';
import type { Router } from './router.ts';

export type PreparationParts = {
  readonly router: Router;
  readonly engine: Engine;
  readonly conversations: Conversations;
  readonly instructions: AgentInstructions;
  readonly now: () => number;
  readonly log: Log;
};

export type Prepared = {
  readonly decision: Decision;
  readonly config: Config;
  /** Rejects with a `Failure`; also for a decision that stays on Claude. */
  session(): Promise<EngineSession>;
};

export type Preparation = { readonly id: string; readonly done: Promise<Prepared> };

/** Starts at once; a session is opened as soon as the decision asks for one. */
export function prepareTask(parts: PreparationParts, request: ParsedPrepareRequest): Preparation {
  const id = randomUUID();
  return { id, done: prepare(parts, request, id) };
}

async function prepare(
  parts: PreparationParts,
  request: ParsedPrepareRequest,
  id: string,
): Promise<Prepared> {
  const instructions = parts.instructions(request.agent, request.directory, request.sessionId);
  const { decision, config } = await decide(parts, request);
  if (!decision.route) return { decision, config, session: () => Promise.reject(new Error('not routed')) };
  const opening = open(parts, { request, decision, config, id, instructions });
  // Whoever asks for the session hears of a failure; until then nobody does.
  opening.catch(() => undefined);
  return { decision, config, session: () => opening };
}

type Opening = {
  readonly request: ParsedPrepareRequest;
  readonly decision: RoutedDecision;
  readonly config: Config;
  readonly id: string;
  readonly instructions: Promise<string | null>;
};

async function open(parts: PreparationParts, opening: Opening): Promise<EngineSession> {
  const { request, decision, config, id } = opening;
  const { delegateWrites } = config.permissions;
  const { permissionMode } = request;
  const envelope = decideEnvelope({ writes: decision.writes, permissionMode, delegateWrites });
  const work: EngineWork = {
    id,
    instructions: await opening.instructions,
    directory: request.directory,
    target: decision.target,
    opencodeAgent: decision.opencodeAgent,
    // Routing has asked the same question already, so `stay` cannot come here; if it did, less is safe.
    grant: envelope.kind === 'stay' ? { kind: 'read-only' } : envelope,
    conversation: request.agentId ?? null,
  };
  return openInTime(parts.engine, work, config.opencode.startTimeout);
}

async function openInTime(engine: Engine, work: EngineWork, limitMs: number): Promise<EngineSession> {
  const limit = new AbortController();
  const late = failure('server-start-failed', { detail: `no session after ${limitMs} ms` });
  const timer = setTimeout(() => limit.abort(late), limitMs);
  return engine.open(work, limit.signal).finally(() => clearTimeout(timer));
}

type Decided = { readonly decision: Decision; readonly config: Config };

async function decide(parts: PreparationParts, request: ParsedPrepareRequest): Promise<Decided> {
  const decided = await parts.router.decide(request);
  const { decision } = decided;
  if (!decision.route) return decided;
  if (!(await isDirectory(request.directory)))
    return { ...decided, decision: keep(decision, 'directory-missing') };
  const { agentId, resumed } = request;
  const isStrange = resumed && (agentId === undefined || !parts.conversations.has(agentId));
  return isStrange ? { ...decided, decision: keep(decision, 'resumed-on-claude') } : decided;
}

function keep(decision: RoutedDecision, reason: string): Decision {
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

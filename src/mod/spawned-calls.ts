/** Calls of the Agent tool: what is told to the daemon of them, before and when the subagent first asks. */
import type { PrepareRequest } from '../protocol/task.ts';
import { prepareTask } from './daemon-calls.ts';
import type { Dollar, SpawnInput } from './engine-interface.ts';
import { isQuiet } from './quiet-session.ts';
import { seesRequests } from './seen-requests.ts';

const spawned = new Map<string, SpawnInput>();

/** The call that a subagent came from, where it is one prompt. */
export function callOf(agentId: string): SpawnInput | null {
  const spawn = spawned.get(agentId);
  return spawn !== undefined && isOnePrompt(spawn) ? spawn : null;
}

export function remember(agentId: string, spawn: SpawnInput): void {
  spawned.delete(agentId);
  spawned.set(agentId, spawn);
  const [oldest] = spawned.keys();
  if (spawned.size > 500 && oldest !== undefined) spawned.delete(oldest);
}

/** A fork carries the parent's whole conversation and a teammate talks back: neither is one prompt. */
export function isOnePrompt({ fork, isTeammate }: SpawnInput): boolean {
  return fork !== true && isTeammate !== true;
}

export async function prepare($: Dollar, spawn: SpawnInput): Promise<void> {
  if (await isQuiet($)) return;
  // What cannot be prepared is done when the subagent asks, and its fault is told then.
  await prepareTask($, await describeCall($, spawn)).catch(() => undefined);
}

export async function describeCall($: Dollar, spawn: SpawnInput): Promise<PrepareRequest> {
  const [sessionId, cwd] = await Promise.all([$.session.id(), $.session.cwd()]);
  return {
    agent: spawn.subagentType,
    directory: spawn.cwd ?? cwd,
    permissionMode: spawn.permissionMode ?? 'default',
    sessionId,
    toolUseId: spawn.tool_use_id,
    seesRequests: seesRequests(),
    via: 'mod',
  };
}

export async function lastPrompt($: Dollar, agentId: string): Promise<string | null> {
  const messages = await $.session.messages({ agentId });
  if ('deny' in messages) return null;
  return messages.filter(({ role }) => role === 'user').at(-1)?.text ?? null;
}

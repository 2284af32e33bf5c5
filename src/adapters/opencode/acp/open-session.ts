/** A session of a warm `opencode acp`, with the task's model and the agent that has the task's rights. */
import {
  methods,
  type SessionConfigOption,
  type SetSessionConfigOptionRequest,
} from '@agentclientprotocol/sdk';
import type { EngineWork } from '../../../core/delegation/engine.ts';
import type { AcpHost } from './acp-host.ts';

const { session } = methods.agent;

export type AcpSession = {
  readonly id: string;
  readonly host: AcpHost;
  readonly work: EngineWork;
  /** It has heard its instructions in an earlier turn. */
  readonly isInstructed: boolean;
};

/** `earlier`: a session that an earlier turn has left open. */
export async function openSession(
  host: AcpHost,
  work: EngineWork,
  earlier: string | null,
): Promise<AcpSession> {
  const sessionId = earlier ?? (await newSession(host, work.directory));
  const { target, grant } = work;
  const model = `${target.opencodeProvider}/${target.model}`;
  const set: SetSessionConfigOptionRequest = { sessionId, configId: 'model', value: model };
  const { configOptions } = await host.agent.request(session.setConfigOption, set);
  // OpenCode 1.18.33 picks a model's first level of effort here, which is "none".
  if (offersDefaultEffort(configOptions))
    await host.agent.request(session.setConfigOption, { sessionId, configId: 'effort', value: 'default' });
  await host.agent.request(session.setMode, { sessionId, modeId: host.agents[grant.kind] });
  return { id: sessionId, host, work, isInstructed: earlier !== null };
}

/** Rejections are of no interest: a process that is gone has no sessions. */
export async function closeSession({ host, id }: Pick<AcpSession, 'host' | 'id'>): Promise<void> {
  await host.agent.request(session.close, { sessionId: id }).catch(() => undefined);
}

async function newSession(host: AcpHost, directory: string): Promise<string> {
  const created = await host.agent.request(session.new, { cwd: directory, mcpServers: [] });
  return created.sessionId;
}

function offersDefaultEffort(options: readonly SessionConfigOption[]): boolean {
  const effort = options.find(({ id }) => id === 'effort');
  if (effort?.type !== 'select' || effort.currentValue === 'default') return false;
  return effort.options.some((option) => 'value' in option && option.value === 'default');
}

/** Starts one `opencode acp`: own process group, own password, the agents that our sessions work as. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { mergeConfigContent, QUIET_CONFIG } from '../../../core/opencode/config-content.ts';
import { ownAgentsConfig } from '../../../core/opencode/own-agent.ts';
import type { Grant } from '../../../core/permissions/envelope.ts';
import type { AcpEngineOptions } from './acp-options.ts';

/** The agent's name for each grant. */
export type AgentNames = Readonly<Record<Grant['kind'], string>>;

export type AcpProcess = {
  readonly child: ChildProcess;
  /** Names the process's life. */
  readonly life: string;
  readonly agents: AgentNames;
};

export async function startAcpProcess(
  program: readonly string[],
  options: AcpEngineOptions,
): Promise<AcpProcess> {
  const life = randomBytes(8).toString('hex');
  const agents: AgentNames = {
    'read-only': `omcm-${life}-reads`,
    'edit-in-project': `omcm-${life}-edits`,
    full: `omcm-${life}-works`,
  };
  const [file = '', ...before] = program;
  const log = ['--print-logs', '--log-level', 'INFO'];
  const port = ['--hostname', '127.0.0.1', '--port', String(await findAnyPort())];
  const child = spawn(file, [...before, ...options.args, 'acp', ...log, ...port], {
    cwd: dirname(options.databaseFile),
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...options.env,
      // It serves HTTP as well, to itself: without a password, to everybody on this machine.
      OPENCODE_SERVER_PASSWORD: randomBytes(24).toString('base64url'),
      OPENCODE_CONFIG_CONTENT: configContent(options.env.OPENCODE_CONFIG_CONTENT, agents),
      OPENCODE_DB: options.databaseFile,
      OPENCODE_DISABLE_AUTOUPDATE: '1',
    },
  });
  return { child, life, agents };
}

/** Agents are read when a process starts, so they cannot carry a task's instructions: those come with the prompt. */
function configContent(existing: string | undefined, agents: AgentNames): string {
  const own = (kind: Grant['kind']) => ({
    name: agents[kind],
    grant: { kind },
    prompt: null,
    asking: 'ask' as const,
  });
  const config = ownAgentsConfig([own('read-only'), own('edit-in-project'), own('full')]);
  return mergeConfigContent(existing, QUIET_CONFIG, config);
}

/** Left to itself it takes 4096 first, where people and pools look for their own servers. */
function findAnyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

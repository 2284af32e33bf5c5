/** Which process does this piece of work take? */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { EngineWork } from '../../../core/delegation/engine.ts';
import { failure } from '../../../core/delegation/failure.ts';
import { type Json, mergeConfigContent, QUIET_CONFIG } from '../../../core/opencode/config-content.ts';
import { type OwnAgent, ownAgentsConfig } from '../../../core/opencode/own-agent.ts';
import { findProgram } from '../find-program.ts';
import { isDirectory } from '../is-directory.ts';
import type { ColdSpec } from './cold-process.ts';
import { installGuard } from './guard-plugin.ts';
import type { RunEngineOptions } from './run-options.ts';

/** Rejects with a `Failure`. */
export async function prepareProcess(
  options: RunEngineOptions,
  work: EngineWork,
): Promise<Omit<ColdSpec, 'onLogLine'>> {
  const program = await findProgram(options.command, options.env);
  if (program === null) throw failure('opencode-not-installed', { detail: options.command });
  if (!(await isDirectory(work.directory))) throw failure('directory-missing', { detail: work.directory });
  const agent: OwnAgent = {
    name: `omcm-${randomBytes(8).toString('hex')}`,
    grant: work.grant,
    prompt: work.instructions,
    asking: 'allow',
  };
  return {
    program: [...program, ...options.args],
    args: argsFor(options, work, agent.name),
    cwd: work.directory,
    env: {
      ...options.env,
      // OpenCode takes it for the directory, whatever the real one is.
      PWD: work.directory,
      OPENCODE_CONFIG_CONTENT: mergeConfigContent(
        options.env.OPENCODE_CONFIG_CONTENT,
        QUIET_CONFIG,
        ownAgentsConfig([agent]),
        await guardConfig(options, work),
      ),
      OPENCODE_DB: options.databaseFile,
      OPENCODE_DISABLE_AUTOUPDATE: '1',
    },
  };
}

function argsFor(options: RunEngineOptions, work: EngineWork, agent: string): readonly string[] {
  const { target, conversation } = work;
  const session = options.conversations.find(conversation, options.databaseFile);
  if (session === null && conversation !== null && options.conversations.has(conversation))
    throw failure('server-died', { detail: 'The conversation took place elsewhere.' });
  return [
    'run',
    ...['--format', 'json'],
    ...['--print-logs', '--log-level', 'INFO'],
    ...['--model', `${target.opencodeProvider}/${target.model}`],
    ...['--agent', agent],
    // A title of our own: without one OpenCode asks a model for it.
    ...(session === null ? ['--title', `omcm ${work.id}`] : ['--session', session]),
  ];
}

async function guardConfig({ databaseFile }: RunEngineOptions, { grant }: EngineWork): Promise<Json> {
  if (grant.kind === 'read-only') return {};
  return { plugin: [await installGuard(join(dirname(databaseFile), 'guard.mjs'))] };
}

/** Has Claude Code itself do a task that routing leaves on Claude, where nobody else would. */
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findAgentDefinition } from '../../adapters/claude-code/find-agent-definition.ts';
import { claudeArgs, claudeEnvironment } from '../../adapters/claude-code/headless/claude-args.ts';
import {
  type ClaudeFailure,
  type HeadlessExit,
  judgeEnd,
} from '../../adapters/claude-code/headless/judge-end.ts';
import { type Heard, relativeFiles } from '../../adapters/claude-code/headless/read-output.ts';
import { runHeadless } from '../../adapters/claude-code/headless/run-headless.ts';
import { findProgram } from '../../adapters/opencode/find-program.ts';
import { isDirectory } from '../../adapters/opencode/is-directory.ts';
import { terminateTree } from '../../adapters/opencode/run/terminate-tree.ts';
import { resolveAgent } from '../../core/agents/resolve-agent.ts';
import type { Config } from '../../core/config/schema.ts';
import { NO_TOKENS } from '../../core/delegation/engine.ts';
import { fitResult } from '../../core/delegation/fit-result.ts';
import { parsePermissionMode } from '../../core/permissions/permission-mode.ts';
import type { Target } from '../../core/routing/decision.ts';
import type { RunEnd } from '../../core/scheduling/run-state.ts';
import type { ServerLedger } from '../pool/server-ledger.ts';
import type { DoneTask, TaskDoer } from './task-doer.ts';

export type ClaudeRunnerParts = {
  readonly config: (directory: string) => Promise<Config>;
  readonly env: NodeJS.ProcessEnv;
  /** Processes that a killed daemon leaves are ended by the next one. */
  readonly ledger: ServerLedger;
  readonly saveResult: (taskId: string, text: string) => Promise<string | null>;
  readonly newId: () => string;
  readonly now: () => number;
};

const GRACE_MS = 5_000;

const CLAUDE: Target = { provider: 'claude', model: 'claude', name: 'Claude', opencodeProvider: 'anthropic' };

type Unstarted = 'claude-not-installed' | 'directory-missing';

const SENTENCES: { readonly [C in ClaudeFailure | Unstarted]: string } = {
  'claude-not-installed': 'Claude Code was not found; install it, or name it in `claude.command`.',
  'directory-missing': "The task's directory does not exist.",
  'deadline-exceeded': 'The task took longer than its deadline.',
  'claude-limit': 'Claude refused the request: rate limit.',
  'claude-failed': 'Claude Code could not do the task.',
  'claude-not-permitted':
    'Claude Code was not permitted to do its work; `--permission-mode acceptEdits` lets it edit files.',
};

export function createClaudeRunner(parts: ClaudeRunnerParts): TaskDoer {
  const { env, ledger, now } = parts;
  return async ({ agent, prompt }, { directory, permissionMode: asked }, { signal, onPrompt, workIn }) => {
    const startedAt = now();
    const config = await parts.config(directory);
    const { command, args, timeout: deadlineMs } = config.claude;
    const program = await findProgram(command, env);
    if (program === null) return unstarted('claude-not-installed', command);
    if (!(await isDirectory(directory))) return unstarted('directory-missing', directory);

    const cwd = workIn ?? directory;
    const permissionMode = parsePermissionMode(asked);
    const mayWrite = permissionMode !== 'plan' && resolveAgent(agent, config.agents).agent.writes;
    const claudeDir = env.CLAUDE_CONFIG_DIR || join(env.HOME || homedir(), '.claude');
    const definition = await findAgentDefinition(agent, { claudeDir, projectDir: directory, pluginDirs: [] });
    const settingsFile = workIn === undefined ? null : await findLocalSettings(directory);
    const { heard, exit } = await runHeadless(
      {
        program: [...program, ...args],
        args: claudeArgs({ agent, definition, permissionMode, mayWrite, settingsFile }),
        cwd,
        env: claudeEnvironment(env, cwd),
        prompt,
        deadlineMs,
        onStart: (pid) => {
          onPrompt({ target: CLAUDE, mayWrite });
          void ledger.add(pid);
        },
        terminate: (pid, exited) => terminateTree(pid, exited, GRACE_MS).finally(() => ledger.remove(pid)),
      },
      signal,
    );
    const fitted = await shorten(parts, heard.result?.text ?? '', config.results.maxChars);
    const { tokens = NO_TOKENS, costUsd = 0 } = heard.result ?? {};
    const filesChanged = [...relativeFiles(heard, cwd)];
    const spent = { tokens, costUsd, filesChanged, durationMs: now() - startedAt };
    const work = { ...spent, model: heard.model ?? 'claude', provider: 'claude', fullTextFile: fitted.file };
    return { end: toRunEnd(heard, exit, mayWrite), text: fitted.text, work };
  };
}

/** Git usually ignores it, so no copy of the folder has it; what it forbids is forbidden there too. */
async function findLocalSettings(directory: string): Promise<string | null> {
  const file = join(directory, '.claude', 'settings.local.json');
  return access(file).then(
    () => file,
    () => null,
  );
}

function toRunEnd(heard: Heard, exit: HeadlessExit, mayWrite: boolean): RunEnd {
  const end = judgeEnd(heard, exit, mayWrite);
  if (end.kind === 'done') return { outcome: 'done' };
  return end.kind === 'cancelled' ? { outcome: 'cancelled' } : failed(end.code, end.detail);
}

async function shorten({ saveResult, newId }: ClaudeRunnerParts, text: string, maxChars: number) {
  const file = text.length > maxChars ? await saveResult(newId(), text) : null;
  return { text: fitResult(text, maxChars, file).text, file };
}

function unstarted(code: Unstarted, detail: string): DoneTask {
  return { end: failed(code, detail), text: '', work: null };
}

function failed(code: keyof typeof SENTENCES, detail: string): RunEnd {
  const message = [SENTENCES[code], detail === '' ? '' : `(${detail})`].filter(Boolean).join(' ');
  return { outcome: 'failed', code, message };
}

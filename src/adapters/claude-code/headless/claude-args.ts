// With which words is Claude Code started for one task, and in which environment?
import type { PermissionMode } from '../../../core/permissions/permission-mode.ts';
import { QUIET_SESSION } from '../../../protocol/quiet-session.ts';
import type { AgentDefinition } from '../find-agent-definition.ts';

export type HeadlessTask = {
  readonly agent: string;
  /** `null`: Claude Code has none by this name, or its own. */
  readonly definition: AgentDefinition | null;
  readonly permissionMode: PermissionMode;
  readonly mayWrite: boolean;
  /** Settings of the user's that do not lie where the task works; `null`: all do. */
  readonly settingsFile: string | null;
};

const WRITING_TOOLS = ['Edit', 'Write', 'NotebookEdit', 'Bash'];

/** The prompt comes over standard input: an argument is limited to 128 kB on Linux. */
export function claudeArgs(task: HeadlessTask): readonly string[] {
  const { agent, definition, permissionMode, mayWrite, settingsFile } = task;
  return [
    '-p',
    ...['--output-format', 'stream-json', '--verbose'],
    ...['--permission-mode', permissionMode === 'default' ? 'manual' : permissionMode],
    ...(definition === null ? roleArgs(agent) : agentArgs(agent, definition)),
    ...(settingsFile === null ? [] : ['--settings', settingsFile]),
    // As for delegated work: a role that does not write only reads, whatever the mode.
    ...(mayWrite ? [] : ['--disallowedTools', WRITING_TOOLS.join(',')]),
  ];
}

function agentArgs(agent: string, { instructions, model, tools }: AgentDefinition): readonly string[] {
  const name = `omcm-${agent.replaceAll(/[^A-Za-z0-9_-]+/g, '-')}`;
  const defined = {
    description: `The agent ${agent}.`,
    prompt: instructions,
    ...(model === null ? {} : { model }),
    ...(tools === null ? {} : { tools }),
  };
  return ['--agents', JSON.stringify({ [name]: defined }), '--agent', name];
}

function roleArgs(agent: string): readonly string[] {
  return [
    '--append-system-prompt',
    `You are asked as the agent "${agent}". Your last message is your report.`,
  ];
}

/** What a session says of itself to what runs in it: not ours to pass on to another one. */
const OF_ANOTHER_SESSION =
  /^(?:CLAUDECODE|CLAUDE_PID|CLAUDE_PROJECT_DIR|CLAUDE_ENV_FILE|CLAUDE_EFFORT|CLAUDE_PLUGIN_.*|CLAUDE_CODE_(?:ENTRYPOINT|SESSION_ID|SSE_PORT|AGENT.*|PARENT.*)|OMCM_MOD_PID)$/;

export function claudeEnvironment(env: NodeJS.ProcessEnv, directory: string): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !OF_ANOTHER_SESSION.test(name));
  // Routing has left the task on Claude: what it hands out in its turn stays there too.
  return { ...Object.fromEntries(own), PWD: directory, [QUIET_SESSION]: '1' };
}

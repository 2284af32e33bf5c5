// The agent that carries a task where a session takes no rules of its own (`opencode run`, ACP). A project's
// opencode.json can change any agent whose name it knows, so ours has a name that nobody can know beforehand.

import type { Grant } from '../permissions/envelope.ts';
import { type OpencodeRule, toOpencodeRules } from '../permissions/opencode-rules.ts';
import type { Json } from './config-content.ts';

export type OwnAgent = {
  readonly name: string;
  readonly grant: Grant;
  /** Takes the place of OpenCode's own prompt; `null` leaves it. */
  readonly prompt: string | null;
  /** What becomes of a call that needs our answer: whether there is somebody whom OpenCode can ask. */
  readonly asking: 'ask' | 'allow';
};

/** Configuration with these agents in it; the first is the one that OpenCode falls back to. */
export function ownAgentsConfig(agents: readonly [OwnAgent, ...OwnAgent[]]): Json {
  return {
    default_agent: agents[0].name,
    agent: Object.fromEntries(agents.map((agent) => [agent.name, configOf(agent)])),
    // A refused call is an error that the model reads, and not the end of its turn.
    experimental: { continue_loop_on_deny: true },
  };
}

function configOf({ grant, prompt, asking }: OwnAgent): Json {
  return {
    mode: 'primary',
    ...(prompt === null ? {} : { prompt }),
    permission: toPermissionConfig([
      ...toOpencodeRules(grant).map((rule) => withoutQuestions(rule, asking)),
      // A child session is another agent with other rights: what it asks reaches nobody, and what it uses
      // is not told.
      { permission: 'task', pattern: '*', action: 'deny' },
    ]),
  };
}

/** What lies outside the project is always refused in the end, so it need not be asked. */
function withoutQuestions(rule: OpencodeRule, asking: OwnAgent['asking']): OpencodeRule {
  if (rule.action !== 'ask') return rule;
  return { ...rule, action: rule.permission === 'external_directory' ? 'deny' : asking };
}

/**
 * As a configuration spells it: by permission, then by pattern where there are several, for some permissions take
 * none. The order stays, and the last that matches wins.
 */
function toPermissionConfig(rules: readonly OpencodeRule[]): Json {
  const config: Record<string, string | Record<string, string>> = {};
  for (const { permission, pattern, action } of rules) {
    const before = config[permission];
    const patterns = typeof before === 'string' ? { '*': before } : before;
    config[permission] =
      pattern === '*' && patterns === undefined ? action : { ...patterns, [pattern]: action };
  }
  return config;
}

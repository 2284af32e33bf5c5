import type { AgentSource } from '../../../adapters/claude-code/list-agents.ts';

const sources: Readonly<Record<AgentSource, string>> = {
  'built-in': 'Claude Code',
  plugin: 'plugin',
  user: 'yours',
  project: 'project',
};

export const agents = {
  summary: 'list every subagent of this Claude Code, where it would go, why, and in which modes',
  optionCoverage: 'tell how many of them each mode routes, and which nobody has described',
  exampleList: 'who would answer each of them now',
  exampleJson: 'the same where edits are accepted, for a script',
  columns: ['agent', 'from', 'answered by', 'engine', 'why', 'leaves Claude in'],
  coverageColumns: ['in', 'leave Claude'],
  sources,
  never: () => 'no mode',
  share: (routed: number, all: number) => `${routed} of ${all}`,
  now: () => ' would leave Claude now',
  unknown: (names: string) => `Not described, so they stay on Claude: ${names}`,
  howToChange: () =>
    'To change one: omcm config set agents.NAME.target flash (or oracle, codex), agents.NAME.stays true, agents.NAME.writes false.',
};

// Which agents are known, and what each of them is. Names and roles as of oh-my-claudecode 3.4 to 5.5 and
// Claude Code 2.1; where an agent goes today is for routing to say.

import type { Agent, OpencodeAgent, TargetRole, Tier } from './agent.ts';

type Kind = `${TargetRole}/${OpencodeAgent}/${Tier}`;
type Traits = Partial<Pick<Agent, 'saveTokens' | 'writes' | 'residence'>>;

function role(name: string, kind: Kind, traits: Traits = {}): Agent {
  const [target, opencodeAgent, tier] = kind.split('/') as [TargetRole, OpencodeAgent, Tier];
  return {
    name,
    target,
    opencodeAgent,
    tier,
    saveTokens: false,
    writes: false,
    residence: 'routable',
    ...traits,
  };
}

/** The seed's 32. */
const SEED_AGENTS: readonly Agent[] = [
  role('architect', 'oracle/build/high'),
  role('architect-medium', 'oracle/build/medium', { saveTokens: true }),
  role('architect-low', 'flash/explore/low', { saveTokens: true }),
  role('analyst', 'oracle/plan/high'),
  role('critic', 'oracle/plan/high', { residence: 'unless-fusion' }),
  role('planner', 'oracle/plan/high', { residence: 'unless-emergency' }),
  role('researcher', 'oracle/general/medium', { saveTokens: true }),
  role('researcher-low', 'flash/general/low', { saveTokens: true }),
  role('explore', 'flash/explore/low', { saveTokens: true }),
  role('explore-medium', 'oracle/explore/medium', { saveTokens: true }),
  role('explore-high', 'oracle/explore/high', { saveTokens: true }),
  role('scientist', 'oracle/build/medium', { saveTokens: true, writes: true }),
  role('scientist-low', 'flash/build/low', { saveTokens: true, writes: true }),
  role('scientist-high', 'oracle/build/high', { saveTokens: true, writes: true }),
  role('designer', 'flash/build/medium', { saveTokens: true, writes: true }),
  role('designer-low', 'flash/build/low', { saveTokens: true, writes: true }),
  role('designer-high', 'codex/build/high', { saveTokens: true, writes: true }),
  role('writer', 'flash/general/low', { saveTokens: true, writes: true }),
  role('vision', 'flash/general/medium', { saveTokens: true }),
  role('executor', 'codex/build/medium', { writes: true, residence: 'unless-fusion' }),
  role('executor-low', 'flash/build/low', { writes: true }),
  role('executor-high', 'codex/build/high', { writes: true }),
  role('qa-tester', 'codex/build/medium', { writes: true }),
  role('qa-tester-high', 'codex/build/high', { writes: true }),
  role('tdd-guide', 'codex/build/medium', { writes: true }),
  role('tdd-guide-low', 'flash/build/low', { writes: true }),
  role('build-fixer', 'codex/build/medium', { writes: true }),
  role('build-fixer-low', 'flash/build/low', { writes: true }),
  role('code-reviewer', 'oracle/build/high', { saveTokens: true }),
  role('code-reviewer-low', 'flash/build/low', { saveTokens: true }),
  role('security-reviewer', 'oracle/build/high'),
  role('security-reviewer-low', 'flash/build/low', { saveTokens: true }),
];

/** Names that oh-my-claudecode gave later. */
const LATER_AGENTS: readonly Agent[] = [
  role('code-simplifier', 'codex/build/high', { writes: true }),
  role('debugger', 'oracle/build/medium', { saveTokens: true }),
  role('document-specialist', 'flash/general/medium', { saveTokens: true }),
  role('git-master', 'codex/build/medium', { writes: true }),
  role('test-engineer', 'codex/build/medium', { writes: true }),
  role('tracer', 'oracle/build/medium', { saveTokens: true }),
  role('verifier', 'codex/build/medium'),
];

/**
 * Claude Code's own agents. `Explore` and OMC's `explore` are two agents: only the case tells them apart.
 * Those that do whatever the conductor asks stay on Claude until the user says otherwise.
 */
const CLAUDE_CODE_AGENTS: readonly Agent[] = [
  role('Explore', 'flash/explore/low', { saveTokens: true }),
  role('Plan', 'oracle/plan/high', { residence: 'unless-emergency' }),
  role('general-purpose', 'codex/build/medium', { writes: true, residence: 'always' }),
  role('statusline-setup', 'flash/build/low', { writes: true, residence: 'always' }),
  role('claude', 'codex/build/medium', { writes: true, residence: 'always' }),
];

const ALIASES: readonly (readonly [alias: string, name: string])[] = [
  ['api-reviewer', 'code-reviewer'],
  ['style-reviewer', 'code-reviewer'],
  ['quality-reviewer', 'code-reviewer'],
  ['performance-reviewer', 'code-reviewer'],
  ['quality-strategist', 'code-reviewer'],
  ['dependency-expert', 'document-specialist'],
  ['deep-executor', 'executor-high'],
  ['product-manager', 'planner'],
  ['product-analyst', 'analyst'],
  ['information-architect', 'analyst'],
  ['ux-researcher', 'designer'],
  ['analyzer', 'architect'],
  ['explorer', 'explore'],
  ['researcher-high', 'researcher'],
  ['qa-tester-low', 'qa-tester'],
  ['build-fixer-high', 'build-fixer'],
];

const byName = (agents: readonly Agent[]) => new Map(agents.map((agent) => [agent.name, agent]));

/** Agents that a plugin brings (OMC's), by their lower-case name. */
export const PLUGIN_AGENTS: ReadonlyMap<string, Agent> = byName([...SEED_AGENTS, ...LATER_AGENTS]);

/** Claude Code's own, by their exact name. They never carry a plugin prefix. */
export const BUILT_IN_AGENTS: ReadonlyMap<string, Agent> = byName(CLAUDE_CODE_AGENTS);

/** Older and other names, each for one of `PLUGIN_AGENTS`. */
export const AGENT_ALIASES: ReadonlyMap<string, string> = new Map(ALIASES);

/** The whole catalogue, in the order in which people should see it. */
export const AGENTS: readonly Agent[] = [...SEED_AGENTS, ...LATER_AGENTS, ...CLAUDE_CODE_AGENTS];

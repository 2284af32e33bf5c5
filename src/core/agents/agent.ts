/** How much judgement the role asks for; OMC's low/medium/high split. */
export type Tier = 'low' | 'medium' | 'high';

/** The seed's three OpenCode roles. Which models stand behind each is configuration. */
export type TargetRole = 'oracle' | 'codex' | 'flash';

/** OpenCode's own built-in agents, used as the base of a delegated session. */
export type OpencodeAgent = 'build' | 'plan' | 'explore' | 'general';

/**
 * What it takes to move a role away from Claude. The user's own rules come before all of it.
 * An emergency is an active fallback or a spent quota window: what is left then serves the lead session.
 * - `routable`: fusion, an emergency, and save-tokens where the role is marked `saveTokens`
 * - `unless-fusion`: fusion or an emergency (executor, critic)
 * - `unless-emergency`: an emergency only; not even fusion (planner)
 * - `always`: neither a mode nor an emergency; only the user's config, by naming the agent
 */
export type Residence = 'routable' | 'unless-fusion' | 'unless-emergency' | 'always';

/** One role of the catalogue: what it is, not where it goes today. */
export type Agent = {
  readonly name: string;
  readonly target: TargetRole;
  readonly opencodeAgent: OpencodeAgent;
  readonly tier: Tier;
  /** Routed in save-tokens mode. Only a `routable` role is. */
  readonly saveTokens: boolean;
  /** The role normally edits files. A role that does not is read-only when delegated. */
  readonly writes: boolean;
  readonly residence: Residence;
};

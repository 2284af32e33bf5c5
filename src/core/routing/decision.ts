import type { OpencodeAgent, TargetRole, Tier } from '../agents/agent.ts';

/** Canonical provider names are `claude`, `openai` and `gemini`; any other provider keeps OpenCode's name. */
export type ProviderName = string;

/**
 * How another model answers the subagent: `opencode` does the work in a session of its own, `native-tools` answers the
 * model requests of Claude Code's own subagent, which keeps its tools and asks for its permissions.
 */
export const ENGINES = ['opencode', 'native-tools'] as const;
export type Engine = (typeof ENGINES)[number];

/** `auto`: whichever suits the role. */
export const ENGINE_WISHES = ['auto', ...ENGINES] as const;
export type EngineWish = (typeof ENGINE_WISHES)[number];

/** The model that a routed task goes to. */
export type Target = {
  /** Canonical provider name: `openai`, `gemini`, … */
  readonly provider: ProviderName;
  /** Model id as OpenCode knows it, without the provider: `gpt-5.2`. */
  readonly model: string;
  /** Name for people: `GPT-5.2`. */
  readonly name: string;
  /** Provider id as OpenCode knows it: `google` for `gemini`. */
  readonly opencodeProvider: string;
};

/** The step of the decision tree that decided, in the order in which the steps are asked. */
export type DecisionStep =
  | 'switch'
  | 'force'
  | 'agent'
  | 'fallback'
  | 'limit'
  | 'rule'
  /** What was asked of this session alone. */
  | 'session'
  /** The user lets it save by itself from the warning on. */
  | 'usage'
  /** The window would not last, so the cheap roles go early. */
  | 'pace'
  | 'mode'
  | 'default'
  | 'target'
  | 'permission'
  /** OpenCode would run what the project brings, and nobody has said that it may. */
  | 'trust'
  /** The user's own limit on what delegated work may take. */
  | 'budget'
  /** It would have been routed, and the mode only looks on. */
  | 'shadow'
  /** Not the tree but the task itself: its directory is gone, its conversation is Claude's. */
  | 'task';

type Common = {
  /** Stable, readable: `claude-limit-92%`, `fusion-default-architect`, `unknown-agent`, … */
  readonly reason: string;
  readonly step: DecisionStep;
  readonly agent: {
    /** As it was asked for, made printable and bounded. */
    readonly requested: string;
    readonly name: string;
    /** In the catalogue, or named by the user's config. */
    readonly known: boolean;
  };
};

export type RoutedDecision = Common & {
  readonly route: true;
  readonly engine: Engine;
  /** Why that one, see decide-engine.ts. */
  readonly engineWhy?: string;
  readonly target: Target;
  /** What else may answer where the target cannot, best first. */
  readonly alternatives: readonly Target[];
  readonly role: TargetRole;
  /** The role's label in the seed: Oracle, Codex, Flash. */
  readonly roleLabel: string;
  readonly opencodeAgent: OpencodeAgent;
  readonly tier: Tier;
  readonly writes: boolean;
};

export type NativeDecision = Common & {
  readonly route: false;
  readonly target: null;
  readonly opencodeAgent: null;
  /** A rule forbids the call, or nobody is left for it: neither Claude nor another model answers it. */
  readonly block?: Block;
  readonly shadow?: Shadow;
  /** The permissions keep it from OpenCode; this kept it from the other engine, which asks for them itself. */
  readonly engineWhy?: string;
};

/** What would have been routed, were the mode not `shadow`. */
export type Shadow = Pick<RoutedDecision, 'reason' | 'step' | 'target' | 'role'>;

export type Block = {
  /** The rule's id; `null`: no rule, but nobody is left who could answer, or may. */
  readonly rule: string | null;
  /** For whoever called: the rule's own words, or when somebody comes back. */
  readonly message: string;
};

export type Decision = RoutedDecision | NativeDecision;

/** By which engine is no question of who answers, but the permissions depend on it. */
export type TrailStep = DecisionStep | 'engine';

/** One step that was asked, and what it said; `null` where it left the decision to the next one. */
export type TrailEntry = { readonly step: TrailStep; readonly said: string | null };

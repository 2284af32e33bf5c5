import type { TargetRole } from '../agents/agent.ts';
import type { AgentSettings } from '../agents/resolve-agent.ts';
import { DEFAULT_TARGETS } from '../agents/target-role.ts';
import type { DelegateWrites } from '../permissions/envelope.ts';
import type { UserRule } from '../rules/user-rule.ts';
import type { EngineWish } from './decision.ts';

/** What routing reads of the user's configuration. */
export type RoutingRules = {
  readonly fusionDefault: boolean;
  /** Percent of either window from which on everything is routed. */
  readonly threshold: number;
  /** From the warning on, save by itself what save-tokens mode would save. */
  readonly autoHandoff: boolean;
  readonly routing: {
    readonly enabled: boolean;
    /** Percent of either window from which on it is warned. */
    readonly usageThreshold: number;
    readonly preferOpencode: readonly string[];
    readonly preferClaude: readonly string[];
    readonly autoDelegate: boolean;
  };
  /** `provider/model` in OpenCode's spelling, first choice first. */
  readonly targets: Readonly<Record<TargetRole, readonly string[]>>;
  readonly agents: Readonly<Record<string, AgentSettings>>;
  readonly rules: readonly UserRule[];
  readonly fallback: {
    readonly forceModel: string | null;
    /** `provider/model` in OpenCode's spelling: what stands in where none of an agent's own models is there. */
    readonly chain: readonly string[];
  };
  readonly permissions: { readonly delegateWrites: DelegateWrites };
  /** How another model answers; left out, whichever way suits the role. */
  readonly engine?: EngineWish | undefined;
};

/** The seed's order. */
const DEFAULT_CHAIN: readonly string[] = [
  'openai/gpt-5.2-codex',
  'google/gemini-2.5-flash',
  'openai/gpt-5.2',
];

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Any part of the rules, as a caller of the library gives them. */
export type PartialRules = Given<Omit<RoutingRules, 'routing' | 'targets' | 'fallback' | 'permissions'>> & {
  readonly [K in 'routing' | 'targets' | 'fallback' | 'permissions']?: Given<RoutingRules[K]> | undefined;
};

export const DEFAULT_RULES: RoutingRules = {
  fusionDefault: false,
  threshold: 90,
  autoHandoff: false,
  routing: { enabled: true, usageThreshold: 70, preferOpencode: [], preferClaude: [], autoDelegate: true },
  targets: DEFAULT_TARGETS,
  agents: {},
  rules: [],
  fallback: { forceModel: null, chain: DEFAULT_CHAIN },
  permissions: { delegateWrites: 'never' },
};

export function completeRules(given: PartialRules): RoutingRules {
  return {
    ...withDefaults(DEFAULT_RULES, given),
    routing: withDefaults(DEFAULT_RULES.routing, given.routing),
    targets: withDefaults(DEFAULT_RULES.targets, given.targets),
    fallback: withDefaults(DEFAULT_RULES.fallback, given.fallback),
    permissions: withDefaults(DEFAULT_RULES.permissions, given.permissions),
  };
}

function withDefaults<T extends object>(defaults: T, given: object = {}): T {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(said) };
}

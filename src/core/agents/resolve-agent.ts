// Which agent does this subagent_type mean, with what the user's config says about it?

import type { EngineWish } from '../routing/decision.ts';
import type { Agent, TargetRole } from './agent.ts';
import { type AgentName, parseAgentName, toPrintable } from './agent-name.ts';
import { AGENT_ALIASES, BUILT_IN_AGENTS, PLUGIN_AGENTS } from './catalogue.ts';

/** What the user's config may say about one agent. */
export type AgentSettings = {
  readonly target?: TargetRole | undefined;
  /** `provider/model`, tried before the target's own candidates. */
  readonly model?: string | undefined;
  /** `true`: kept on Claude by every mode, though not in an emergency. `false`: nothing but the mode keeps it. */
  readonly stays?: boolean | undefined;
  /** Whether it edits files: `false` has it delegated read-only. */
  readonly writes?: boolean | undefined;
  readonly engine?: EngineWish | undefined;
};

export type ResolvedAgent = {
  /** As it was asked for, made printable and bounded. */
  readonly requested: string;
  readonly plugin: string | null;
  /** In the catalogue, or named by the user's config. */
  readonly known: boolean;
  readonly agent: Agent;
  readonly settings: AgentSettings;
};

export function resolveAgent(
  requested: string,
  configured: Readonly<Record<string, AgentSettings>> = {},
): ResolvedAgent {
  const asked = parseAgentName(requested);
  const found = findInCatalogue(asked);
  const { plugin } = asked;
  const identity = { name: found?.name ?? asked.bare, plugin };
  const settings = findSettings(identity, configured);
  const named = settings !== null && settings.stays !== true;
  return {
    requested: toPrintable(requested),
    plugin,
    known: found !== null || named,
    agent: applySettings(found ?? standIn(asked.bare), settings ?? {}, named),
    settings: settings ?? {},
  };
}

/** Whether a name from the user's config means this agent. One with a plugin prefix means that plugin's only. */
export function isNamedBy(
  entry: string,
  agent: { readonly name: string; readonly plugin: string | null },
): boolean {
  const named = parseAgentName(entry);
  if (named.plugin !== null && named.plugin !== agent.plugin) return false;
  return canonicalName(named) === agent.name;
}

/** The catalogue's name for what the user's config calls an agent. */
export function canonicalAgentName(entry: string): string {
  return canonicalName(parseAgentName(entry));
}

function canonicalName(named: AgentName): string {
  return findInCatalogue(named)?.name ?? named.bare;
}

function findInCatalogue({ bare, prefixed }: AgentName): Agent | null {
  const builtIn = prefixed ? undefined : BUILT_IN_AGENTS.get(bare);
  if (builtIn) return builtIn;
  const lower = bare.toLowerCase();
  const found = PLUGIN_AGENTS.get(AGENT_ALIASES.get(lower) ?? lower);
  if (found) return found;
  return prefixed ? null : findBuiltInByAnyCase(lower);
}

function findBuiltInByAnyCase(lower: string): Agent | null {
  for (const [name, agent] of BUILT_IN_AGENTS) if (name.toLowerCase() === lower) return agent;
  return null;
}

function findSettings(
  agent: { readonly name: string; readonly plugin: string | null },
  configured: Readonly<Record<string, AgentSettings>>,
): AgentSettings | null {
  const entries = Object.entries(configured).filter(([entry]) => isNamedBy(entry, agent));
  const exact = entries.find(([entry]) => parseAgentName(entry).plugin !== null);
  return (exact ?? entries[0])?.[1] ?? null;
}

/**
 * An agent that nobody has described. It counts as one that writes: so it stays on Claude wherever writing
 * is not allowed, instead of being delegated without the rights that its work may need.
 */
function standIn(name: string): Agent {
  return {
    name,
    target: 'oracle',
    opencodeAgent: 'general',
    tier: 'medium',
    saveTokens: false,
    writes: true,
    residence: 'always',
  };
}

/** To name an agent that never moves by itself is to say that it may: in every mode that saves. */
function applySettings(agent: Agent, settings: AgentSettings, named: boolean): Agent {
  const freed = named && agent.residence === 'always';
  const routable = freed || settings.stays === false;
  return {
    ...agent,
    target: settings.target ?? agent.target,
    writes: settings.writes ?? agent.writes,
    saveTokens: freed || agent.saveTokens,
    residence: routable ? 'routable' : agent.residence,
  };
}

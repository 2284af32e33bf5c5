// The seed's face of the decision, for scripts and for the library: loose input, the seed's shape as output.

import { ROLE_LABELS, type RoleLabel } from '../agents/target-role.ts';
import { parseProviderLimits } from '../quota/parse-provider-limits.ts';
import type { QuotaReadings } from '../quota/reading.ts';
import type { PromptFacts } from '../rules/call-facts.ts';
import { describePrompt } from '../rules/describe-prompt.ts';
import { parseSessionMode } from '../session-mode/session-mode.ts';
import { decideRoute } from './decide-route.ts';
import type { Block, Target } from './decision.ts';
import { parseMode, settleMode } from './mode.ts';
import { completeRules, type PartialRules } from './rules.ts';
import type { Pace } from './steps.ts';

/** What Claude Code's Agent tool was called with. Other fields are not read. */
export type ToolInput = { readonly subagent_type?: string; readonly [field: string]: unknown };

export type RouteOptions = {
  /** Any part of the configuration; the defaults fill the rest. */
  readonly config?: PartialRules | undefined;
  /** `default`, `save-tokens` or `fusion`. */
  readonly mode?: string | undefined;
  /** What was asked of the session: `hulw`, `ulw` or `autopilot`. */
  readonly session?: string | undefined;
  readonly fallbackActive?: boolean | undefined;
  /** The contents of fallback-state.json, or `{active}`. */
  readonly fallback?: { readonly active?: boolean; readonly fallbackActive?: boolean } | undefined;
  /** The contents of provider-limits.json. A reading in it that has no time counts as read now. */
  readonly limits?: unknown;
  /** Readings in our own shape. They count instead of `limits`. */
  readonly quota?: QuotaReadings | undefined;
  /** How far the cheap roles are shifted so that a window lasts; left out, not at all. */
  readonly pace?: Pace | undefined;
  /** Claude Code's permission mode; left out, permissions are not asked. */
  readonly permissionMode?: string | undefined;
  /** `provider/model` in OpenCode's spelling; left out, every candidate counts as connected. */
  readonly connectedModels?: Iterable<string> | undefined;
  /** Epoch milliseconds against which readings are judged, instead of the clock's. */
  readonly now?: number | undefined;
  /** The folder that the session works in, for rules that ask for it. */
  readonly project?: string | undefined;
  /** Local time as minutes since midnight, for rules that ask for it. */
  readonly minuteOfDay?: number | undefined;
};

export type RouteAnswer = {
  readonly route: boolean;
  readonly reason: string;
  readonly targetModel: { readonly id: string; readonly name: string } | null;
  /** The role that answers, as the seed calls it. */
  readonly opencodeAgent: RoleLabel | null;
  readonly target: Target | null;
  /** A rule forbids the call: neither Claude nor another model should answer it. */
  readonly block?: Block;
};

/** Never throws. Input that cannot be understood stays on Claude, with a reason. `clock`: epoch milliseconds. */
export function shouldRouteToOpenCode(
  toolInput: ToolInput,
  options: RouteOptions,
  clock: number,
): RouteAnswer {
  try {
    return decide(toolInput, options, options.now ?? clock);
  } catch {
    return stay('decision-failed');
  }
}

function decide(toolInput: ToolInput, options: RouteOptions, now: number): RouteAnswer {
  const requested: unknown = toolInput.subagent_type;
  const rules = completeRules(options.config ?? {});
  const decision = decideRoute({
    agent: typeof requested === 'string' ? requested : '',
    rules,
    mode: settleMode(parseMode(options.mode) ?? 'default', rules.fusionDefault),
    session: parseSessionMode(options.session) ?? undefined,
    fallback: { active: isFallbackActive(options) },
    quota: options.quota ?? parseProviderLimits(options.limits, now),
    pace: options.pace,
    now,
    permissionMode: options.permissionMode,
    connectedModels: options.connectedModels && new Set(options.connectedModels),
    project: options.project,
    minuteOfDay: options.minuteOfDay,
    prompt: describeGiven(toolInput.prompt),
  });
  if (!decision.route) return { ...stay(decision.reason), ...(decision.block && { block: decision.block }) };
  const { target, reason, role } = decision;
  return {
    route: true,
    reason,
    targetModel: { id: target.model, name: target.name },
    opencodeAgent: ROLE_LABELS[role],
    target,
  };
}

function describeGiven(prompt: unknown): PromptFacts | undefined {
  return typeof prompt === 'string' ? describePrompt(prompt) : undefined;
}

function isFallbackActive({ fallbackActive, fallback }: RouteOptions): boolean {
  return [fallbackActive, fallback?.active, fallback?.fallbackActive].includes(true);
}

function stay(reason: string): RouteAnswer {
  return { route: false, reason, targetModel: null, opencodeAgent: null, target: null };
}

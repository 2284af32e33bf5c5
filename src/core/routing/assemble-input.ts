// From a question and what is known around it to what a decision reads. One place, so that all who decide agree.

import type { BudgetVerdict } from '../budget/judge-call.ts';
import { NO_READINGS, type QuotaReadings } from '../quota/reading.ts';
import { describePrompt } from '../rules/describe-prompt.ts';
import type { SessionMode } from '../session-mode/session-mode.ts';
import type { DirectReach } from './decide-engine.ts';
import type { RouteInput } from './decide-route.ts';
import { type Mode, parseMode } from './mode.ts';
import type { RoutingRules } from './rules.ts';
import type { FallbackSwitch, Pace } from './steps.ts';

export type RouteQuestion = {
  readonly agent: string;
  readonly directory?: string | undefined;
  /** The Claude Code session that makes the call. */
  readonly sessionId?: string | undefined;
  /** Instead of the mode that is set. */
  readonly mode?: Mode | undefined;
  /** Suppose that this was asked of the session. */
  readonly sessionMode?: SessionMode | undefined;
  readonly permissionMode?: string | undefined;
  /** Suppose that Claude's five-hour window stands here. */
  readonly atPercent?: number | undefined;
  readonly fallbackActive?: boolean | undefined;
  readonly prompt?: string | undefined;
  /** The user has seen the figures and said yes: no budget is asked. */
  readonly confirmed?: boolean | undefined;
  /** Who asks: only the mod can see the model requests of the subagent. */
  readonly via?: string | undefined;
  /** It has seen some. */
  readonly seesRequests?: boolean | undefined;
};

export type RouteWorld = {
  readonly config: RoutingRules & {
    readonly mode: Mode;
    readonly routing: { readonly pace: boolean };
  };
  /** What commands and scripts set in fusion-state.json. */
  readonly fusion: { readonly enabled: boolean; readonly mode: string };
  readonly fallback: FallbackSwitch;
  /** What was asked of the session that makes the call. */
  readonly session?: SessionMode | undefined;
  /** Left out where nobody has measured it. */
  readonly pace?: Pace | undefined;
  readonly quota: QuotaReadings;
  readonly connectedModels?: ReadonlySet<string> | undefined;
  /** Of the way past OpenCode, what does not depend on who asks. */
  readonly reach?: Omit<DirectReach, 'seesRequests'> | undefined;
  /** The project brings files that nobody has trusted. */
  readonly untrusted?: boolean | undefined;
  /** Left out where the user has set no budget. */
  readonly budget?: BudgetVerdict | null | undefined;
  readonly now: number;
  readonly minuteOfDay: number;
};

export function assembleInput(question: RouteQuestion, world: RouteWorld): RouteInput {
  const { agent, atPercent, prompt } = question;
  const { config, fusion, fallback, now } = world;
  return {
    agent,
    rules: config,
    mode: question.mode ?? modeOf(config.mode, fusion.mode),
    session: question.sessionMode ?? (question.mode === undefined ? world.session : undefined),
    enabled: fusion.enabled,
    fallback: suppose(fallback, question),
    quota: atPercent === undefined ? world.quota : supposed(atPercent, now),
    pace: config.routing.pace ? world.pace : undefined,
    now,
    permissionMode: question.permissionMode,
    reach: reachOf(question, world.reach),
    connectedModels: world.connectedModels,
    untrusted: world.untrusted,
    budget: world.budget,
    project: question.directory,
    minuteOfDay: world.minuteOfDay,
    prompt: prompt === undefined ? undefined : describePrompt(prompt),
  };
}

function reachOf(
  { via, seesRequests = false }: RouteQuestion,
  reach: RouteWorld['reach'],
): DirectReach | undefined {
  return via !== 'mod' || reach === undefined ? undefined : { ...reach, seesRequests };
}

/** The configuration speaks first; where it says nothing, the mode that a command or a script set. */
export function modeOf(configured: Mode, inState: string): Mode {
  return configured === 'default' ? (parseMode(inState) ?? 'default') : configured;
}

/** Whoever supposes a spent window or a fallback asks what that would do, whatever a hand holds now. */
function suppose(fallback: FallbackSwitch, { fallbackActive, atPercent }: RouteQuestion): FallbackSwitch {
  if (fallbackActive !== undefined) return { active: fallbackActive };
  return atPercent === undefined ? fallback : { active: fallback.active };
}

function supposed(percent: number, now: number): QuotaReadings {
  return { ...NO_READINGS, fiveHour: { percent, resetsAt: null, readAt: now } };
}

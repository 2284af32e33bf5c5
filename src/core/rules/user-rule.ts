import type { EngineWish } from '../routing/decision.ts';

/** One rule of the user's: for which calls, and what is done with them. */
export type UserRule = {
  /** Its name in reasons, logs and lists. */
  readonly id: string;
  readonly description?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** The rule of the highest priority that fits a call speaks for it; among equals the one that stands first. */
  readonly priority?: number | undefined;
  /** All of them must hold. A rule without any fits every call. */
  readonly when?: Conditions | undefined;
  /** Conditions as one line of text: `usage.fiveHour > 80 && agent.tier == "low"`. They hold beside `when`. */
  readonly condition?: string | undefined;
  readonly action: RuleAction;
  /** A role (`flash`) or a model (`google/gemini-3-flash`) for what is routed. */
  readonly target?: string | undefined;
  /** How another model answers what is routed. */
  readonly engine?: EngineWish | undefined;
  /** What the conductor is told instead of an answer. */
  readonly message?: string | undefined;
  /** A project's rules are asked after all of the user's own. */
  readonly origin?: 'project' | undefined;
};

/**
 * - `prefer_claude`, `prefer_opencode`: instead of what the mode says; an emergency still moves the agent
 * - `force_claude`, `force_opencode`: also in an emergency, and before it
 * - `target`: whether it is routed is left to the mode; if it is, it goes there
 * - `block`: nobody answers; the conductor gets the message
 * - `default`: as if there were no rules: an exception from rules of a lower priority
 */
export type RuleAction = (typeof RULE_ACTIONS)[number];

export const RULE_ACTIONS = [
  'prefer_opencode',
  'prefer_claude',
  'force_opencode',
  'force_claude',
  'target',
  'block',
  'default',
] as const;

type OneOrMore = string | readonly string[];

/**
 * Words may have `*` in them, and a `!` in front: then they must not fit.
 * Numbers are compared: `>= 70`, or several that must all hold: `['>= 70', '< 90']`.
 */
export type Conditions = {
  readonly agent?: OneOrMore | undefined;
  readonly tier?: OneOrMore | undefined;
  readonly mode?: OneOrMore | undefined;
  readonly permissionMode?: OneOrMore | undefined;
  /** The folder that the session works in. */
  readonly project?: OneOrMore | undefined;
  /** Percent of a Claude window, by a reading that still counts: of the fuller one, or of each by its name. */
  readonly quota?:
    | OneOrMore
    | { readonly fiveHour?: OneOrMore | undefined; readonly weekly?: OneOrMore | undefined }
    | undefined;
  /** Local time of day, such as `22:00-06:00`. */
  readonly time?: OneOrMore | undefined;
  /** Characters of the prompt. */
  readonly promptChars?: OneOrMore | undefined;
  /** A file that the prompt names. */
  readonly files?: OneOrMore | undefined;
  /** How many files the prompt names. */
  readonly fileCount?: OneOrMore | undefined;
};

// Decisions that have been made, by everything that they read. Whatever of it changes, the next call sees it.
//
//   situation: all but the agent, compared value by value ─▶ its decisions by agent
//
// In a session the same few agents are called in one situation over and over; the next reading of the quota, another
// mode, another file of settings make another situation.

import { currentPercent } from '../quota/find-spent-window.ts';
import { compiledRulesOf, type RuleReads } from '../rules/compile-rules.ts';
import { type ExplainedRoute, explainRoute, type RouteInput } from './decide-route.ts';
import { createLru, type Lru } from './lru.ts';

export type DecisionCache = {
  explain(input: RouteInput): ExplainedRoute;
  size(): number;
  /** How many decisions were there already. */
  hits(): number;
};

/** Some projects, in the few situations in which each of them is at a time. */
const SITUATIONS = 16;
/** Every agent of the catalogue, under all its names; a decision takes less than a kilobyte. */
const AGENTS_EACH = 200;

export function createDecisionCache({ situations = SITUATIONS, agents = AGENTS_EACH } = {}): DecisionCache {
  /** The last one used comes first. */
  let known: readonly Situation[] = [];
  const now: Part[] = [];
  let hits = 0;

  const enter = (): Situation => {
    const [first] = known;
    if (first !== undefined && isSame(first.parts, now)) return first;
    const found = known.find(({ parts }) => isSame(parts, now));
    const situation = found ?? { parts: [...now], decisions: createLru(agents) };
    known = [situation, ...known.filter((one) => one !== found)].slice(0, situations);
    return situation;
  };

  return {
    explain: (input) => {
      const { reads } = compiledRulesOf(input.rules);
      // Hardly any prompt comes twice.
      if (reads.files) return explainRoute(input);
      readParts(input, reads, now);
      const { decisions } = enter();
      const decided = decisions.get(input.agent);
      if (decided !== undefined) {
        hits += 1;
        return decided;
      }
      const fresh = explainRoute(input);
      decisions.set(input.agent, fresh);
      return fresh;
    },
    size: () => known.reduce((sum, { decisions }) => sum + decisions.size(), 0),
    hits: () => hits,
  };
}

type Situation = { readonly parts: readonly Part[]; readonly decisions: Lru<string, ExplainedRoute> };

/** An object counts by which one it is: a configuration or a list of models is never changed in place. */
type Part = string | number | boolean | object | null | undefined;

type ReadPart = (input: RouteInput, reads: RuleReads) => Part;

/** A field that is added to the input does not compile until it is said here what of it a decision reads. */
const PARTS: { readonly [Field in keyof Required<RouteInput>]: readonly ReadPart[] } = {
  // The key of a situation's decisions.
  agent: [],
  rules: [({ rules }) => rules],
  mode: [({ mode }) => mode],
  session: [({ session }) => session],
  enabled: [({ enabled }) => enabled !== false],
  fallback: [({ fallback }) => fallback.active, ({ fallback }) => fallback.heldOff === true],
  pace: [({ pace }) => pace?.level, ({ pace }) => pace?.window, ({ pace }) => pace?.percentAtReset],
  quota: [
    ({ quota, now }) => currentPercent(quota, 'fiveHour', now),
    ({ quota, now }) => currentPercent(quota, 'weekly', now),
  ],
  // Time itself is read in two ways only: above, and by the minute of the day.
  now: [],
  minuteOfDay: [({ minuteOfDay }, reads) => (reads.time ? minuteOfDay : undefined)],
  prompt: [({ prompt }, reads) => (reads.promptChars ? prompt?.chars : undefined)],
  project: [({ project }, reads) => (reads.project ? project : undefined)],
  permissionMode: [({ permissionMode }) => permissionMode],
  reach: [
    ({ reach }) => reach?.seesRequests,
    ({ reach }) => reach?.models,
    ({ reach }) => reach?.consents,
    ({ reach }) => reach?.cheaper,
    ({ reach }) => reach?.trial,
  ],
  connectedModels: [({ connectedModels }) => connectedModels],
  untrusted: [({ untrusted }) => untrusted === true],
  // Not asked, and asked without a word against it, leave different trails.
  budget: [
    ({ budget }) => budget === undefined,
    ({ budget }) => budget?.reason,
    ({ budget }) => budget?.block,
  ],
};

const ALL_PARTS: readonly ReadPart[] = Object.values(PARTS).flat();

function readParts(input: RouteInput, reads: RuleReads, into: Part[]): void {
  for (let at = 0; at < ALL_PARTS.length; at += 1) into[at] = ALL_PARTS[at]?.(input, reads);
}

function isSame(a: readonly Part[], b: readonly Part[]): boolean {
  // Not `===`: a quota that nobody has measured is not a number, and yet the same as before.
  for (let at = 0; at < a.length; at += 1) if (!Object.is(a[at], b[at])) return false;
  return true;
}

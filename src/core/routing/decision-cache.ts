// Decisions that have been made, by everything that they read. Whatever of it changes, the next call sees it.

import { compiledRulesOf } from '../rules/compile-rules.ts';
import { type ExplainedRoute, explainRoute, type RouteInput } from './decide-route.ts';
import { currentQuota } from './describe-call.ts';

export type DecisionCache = {
  explain(input: RouteInput): ExplainedRoute;
  size(): number;
};

/** Every agent in every permission mode of some projects; a decision takes less than a kilobyte. */
const KEPT = 500;

export function createDecisionCache(kept = KEPT): DecisionCache {
  const identify = createIdentities();
  // In the order of their last use: a Map keeps the order in which keys were put into it.
  const decisions = new Map<string, ExplainedRoute>();

  return {
    explain: (input) => {
      const key = cacheKey(input, identify);
      if (key === null) return explainRoute(input);
      const known = decisions.get(key);
      if (known !== undefined) {
        decisions.delete(key);
        decisions.set(key, known);
        return known;
      }
      const decided = explainRoute(input);
      decisions.set(key, decided);
      if (decisions.size > kept) decisions.delete(decisions.keys().next().value ?? key);
      return decided;
    },
    size: () => decisions.size,
  };
}

type Identify = (value: object) => number;

/** A configuration, a list of models: never changed in place, so which one it is says all that is in it. */
function createIdentities(): Identify {
  const known = new WeakMap<object, number>();
  let last = 0;
  return (value) => {
    const number = known.get(value);
    if (number !== undefined) return number;
    last += 1;
    known.set(value, last);
    return last;
  };
}

type Part = string | number | boolean;

/** A field that is added to the input does not compile until it is said here how it is told apart. */
const PARTS: { readonly [Field in keyof Required<RouteInput>]: (input: RouteInput, id: Identify) => Part } = {
  rules: ({ rules }, id) => id(rules),
  connectedModels: ({ connectedModels }, id) => (connectedModels === undefined ? 0 : id(connectedModels)),
  mode: ({ mode }) => mode,
  enabled: ({ enabled }) => enabled !== false,
  fallback: ({ fallback }) => fallback.active,
  quota: ({ quota, now }) => {
    const { fiveHour, weekly } = currentQuota(quota, now);
    return `${fiveHour} ${weekly}`;
  },
  // Time itself is read in two ways only: above, and by the minute of the day.
  now: () => '',
  minuteOfDay: ({ rules, minuteOfDay }) => (compiledRulesOf(rules).reads.time ? `${minuteOfDay}` : ''),
  prompt: ({ rules, prompt }) => (compiledRulesOf(rules).reads.promptChars ? `${prompt?.chars}` : ''),
  project: ({ rules, project }) => (compiledRulesOf(rules).reads.project ? framed(project) : ''),
  permissionMode: ({ permissionMode }) => framed(permissionMode),
  agent: ({ agent }) => framed(agent),
};

const ALL_PARTS = Object.values(PARTS);

/** `null` where a rule asks for the files of the prompt: hardly any prompt comes twice. */
function cacheKey(input: RouteInput, identify: Identify): string | null {
  if (compiledRulesOf(input.rules).reads.files) return null;
  let key = '';
  for (const part of ALL_PARTS) key += `${part(input, identify)}|`;
  return key;
}

/** Text from outside, so that no text can look like the end of one part and the begin of the next. */
function framed(text: string | undefined): string {
  return text === undefined ? '' : `${text.length}:${text}`;
}

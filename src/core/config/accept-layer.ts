// What of one layer counts: everything but its wrong keys and values, each of which becomes a problem.
import type { z } from 'zod';
import { RULE_ACTIONS } from '../rules/user-rule.ts';
import type { ConfigProblem } from './config-problem.ts';
import { describeExpected, describeReceived } from './describe-issue.ts';
import { formatKeyPath, isPlainObject, type KeyPath, valueAt, withoutValueAt } from './key-path.ts';
import { type ConfigPatch, configSchema } from './schema.ts';
import { pickNearest, suggestKeyPath, type WordDistance } from './suggest.ts';

export type ConfigLayer = {
  readonly source: string;
  readonly value: unknown;
  /** Its rules come beside the user's own, not in their place. */
  readonly origin?: 'project';
};

export type AcceptedLayer = { readonly patch: ConfigPatch; readonly problems: readonly ConfigProblem[] };

type Fault = { readonly path: KeyPath; readonly problem: ConfigProblem };

export function acceptLayer(layer: ConfigLayer, distance?: WordDistance): AcceptedLayer {
  const parsed = configSchema.safeParse(layer.value);
  if (parsed.success) return { patch: parsed.data, problems: [] };

  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, layer, distance));
  const problems = faults.map((fault) => fault.problem);
  const rest = withoutFaults(
    layer.value,
    faults.map(({ path }) => path),
  );
  // Nothing could be taken out: the layer as a whole is not an object.
  if (rest === layer.value) return { patch: {}, problems };

  const accepted = acceptLayer({ ...layer, value: rest }, distance);
  return { patch: accepted.patch, problems: [...problems, ...accepted.problems] };
}

function withoutFaults(value: unknown, paths: readonly KeyPath[]): unknown {
  const inRules = paths.filter((path) => ruleAt(path) !== undefined);
  const rest = paths
    .filter((path) => !inRules.includes(path))
    .reduce((lighter, path) => withoutValueAt(lighter, removable(path)), value);
  return withoutRules(rest, new Set(inRules.map(ruleAt)));
}

/** One wrong rule costs that rule: the others may be what keeps a project's code where it is. */
function withoutRules(value: unknown, wrong: ReadonlySet<number | undefined>): unknown {
  if (wrong.size === 0 || !isPlainObject(value) || !Array.isArray(value.rules)) return value;
  return { ...value, rules: value.rules.filter((_, index) => !wrong.has(index)) };
}

function ruleAt([key, index]: KeyPath): number | undefined {
  return key === 'rules' && typeof index === 'number' ? index : undefined;
}

/** `rules[2] ("nights")`: people know their rules by name. */
function ruleOf(path: KeyPath, value: unknown): { readonly rule?: string } {
  const index = ruleAt(path);
  const id = index === undefined ? undefined : valueAt(value, ['rules', index, 'id']);
  return typeof id === 'string' ? { rule: id.slice(0, 60) } : {};
}

/** A list is one value: without one of its entries it would say something else. */
function removable(path: KeyPath): KeyPath {
  const index = path.findIndex((key) => typeof key === 'number');
  return index === -1 ? path : path.slice(0, index);
}

function faultsOf(issue: z.core.$ZodIssue, layer: ConfigLayer, distance?: WordDistance): readonly Fault[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code !== 'unrecognized_keys') return [invalidValue(issue, path, layer, distance)];
  return issue.keys.map((key) => unknownKey([...path, key], layer, distance));
}

function unknownKey(path: KeyPath, { source, value }: ConfigLayer, distance?: WordDistance): Fault {
  const suggestion = suggestKeyPath(path.map(String), distance);
  const keyPath = formatKeyPath(path);
  const problem: ConfigProblem = {
    source,
    keyPath,
    code: 'unknown-key',
    expected: 'a known key',
    received: keyPath,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...ruleOf(path, value),
    message: `${source}: there is no setting ${keyPath}${didYouMean(suggestion)}; ${consequence(path, value)}.`,
  };
  return { path, problem };
}

function invalidValue(
  issue: z.core.$ZodIssue,
  path: KeyPath,
  layer: ConfigLayer,
  distance?: WordDistance,
): Fault {
  const value = valueAt(layer.value, path);
  const expected = describeExpected(issue);
  const received = describeReceived(value);
  const choices = choicesOf(issue);
  const suggestion = typeof value === 'string' ? pickNearest(value, choices, distance) : undefined;
  const subject = path.length === 0 ? 'the configuration' : formatKeyPath(path);
  const problem: ConfigProblem = {
    source: layer.source,
    keyPath: formatKeyPath(path),
    code: 'invalid-value',
    expected,
    received,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...ruleOf(path, layer.value),
    message: `${layer.source}: ${subject} must be ${expected}, but is ${received}${didYouMean(suggestion)}; ${consequence(path, layer.value)}.`,
  };
  return { path, problem };
}

function choicesOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && issue.path?.at(-1) === 'action' ? RULE_ACTIONS : [];
}

function consequence(path: KeyPath, value: unknown): string {
  const { rule } = ruleOf(path, value);
  if (ruleAt(path) !== undefined) return `the rule${rule === undefined ? '' : ` "${rule}"`} is ignored`;
  return removable(path).length < path.length ? 'the whole list is ignored' : 'it is ignored';
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
}

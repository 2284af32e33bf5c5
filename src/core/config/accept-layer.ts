// What of one layer counts: everything but its wrong keys and values, each of which becomes a problem.
import type { z } from 'zod';
import type { ConfigProblem } from './config-problem.ts';
import { describeExpected, describeReceived } from './describe-issue.ts';
import { formatKeyPath, type KeyPath, valueAt, withoutValueAt } from './key-path.ts';
import { type ConfigPatch, configSchema } from './schema.ts';
import { pickNearest, suggestKeyPath, type WordDistance } from './suggest.ts';

export type ConfigLayer = { readonly source: string; readonly value: unknown };

export type AcceptedLayer = { readonly patch: ConfigPatch; readonly problems: readonly ConfigProblem[] };

type Fault = { readonly path: KeyPath; readonly problem: ConfigProblem };

export function acceptLayer(layer: ConfigLayer, distance?: WordDistance): AcceptedLayer {
  const parsed = configSchema.safeParse(layer.value);
  if (parsed.success) return { patch: parsed.data, problems: [] };

  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, layer, distance));
  const problems = faults.map((fault) => fault.problem);
  const rest = faults.reduce((value, fault) => withoutValueAt(value, removable(fault.path)), layer.value);
  // Nothing could be taken out: the layer as a whole is not an object.
  if (rest === layer.value) return { patch: {}, problems };

  const accepted = acceptLayer({ ...layer, value: rest }, distance);
  return { patch: accepted.patch, problems: [...problems, ...accepted.problems] };
}

/** A list is one value: without one of its entries it would say something else. */
function removable(path: KeyPath): KeyPath {
  const index = path.findIndex((key) => typeof key === 'number');
  return index === -1 ? path : path.slice(0, index);
}

function whatIsIgnored(path: KeyPath): string {
  return removable(path).length < path.length ? 'the whole list is ignored' : 'it is ignored';
}

function faultsOf(issue: z.core.$ZodIssue, layer: ConfigLayer, distance?: WordDistance): readonly Fault[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code !== 'unrecognized_keys') return [invalidValue(issue, path, layer, distance)];
  return issue.keys.map((key) => unknownKey([...path, key], layer, distance));
}

function unknownKey(path: KeyPath, { source }: ConfigLayer, distance?: WordDistance): Fault {
  const suggestion = suggestKeyPath(path.map(String), distance);
  const keyPath = formatKeyPath(path);
  const problem: ConfigProblem = {
    source,
    keyPath,
    code: 'unknown-key',
    expected: 'a known key',
    received: keyPath,
    ...(suggestion === undefined ? {} : { suggestion }),
    message: `${source}: there is no setting ${keyPath}${didYouMean(suggestion)}; ${whatIsIgnored(path)}.`,
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
  const received = isCredential(path) && value !== undefined ? 'something else' : describeReceived(value);
  const suggestion =
    issue.code === 'invalid_value' && typeof value === 'string'
      ? pickNearest(value, issue.values.map(String), distance)
      : undefined;
  const subject = path.length === 0 ? 'the configuration' : formatKeyPath(path);
  const problem: ConfigProblem = {
    source: layer.source,
    keyPath: formatKeyPath(path),
    code: 'invalid-value',
    expected,
    received,
    ...(suggestion === undefined ? {} : { suggestion }),
    message: `${layer.source}: ${subject} must be ${expected}, but is ${received}${didYouMean(suggestion)}; ${whatIsIgnored(path)}.`,
  };
  return { path, problem };
}

/** Whoever writes a password where its name belongs shall not find it in a log. */
function isCredential(path: KeyPath): boolean {
  return /password|username/i.test(String(path.at(-1)));
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
}

// Words for what a schema wanted and what it got.
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

export function describeExpected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      // A sentence of the schema's own says more than the kind of value does.
      if (!issue.message.startsWith('Invalid input')) return issue.message;
      return TYPE_NAMES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(String(value))).join(', ')}`;
    case 'too_small':
      return describeBound(issue.origin, 'at least', Number(issue.minimum));
    case 'too_big':
      return describeBound(issue.origin, 'at most', Number(issue.maximum));
    case 'unrecognized_keys':
      return 'a known key';
    case 'invalid_key':
      return 'a name of 1 to 200 characters';
    default:
      return issue.message;
  }
}

function describeBound(origin: string, side: string, bound: number): string {
  if (origin === 'string') return `text of ${side} ${bound} characters`;
  if (origin === 'array') return `a list of ${side} ${bound} entries`;
  return `a number of ${side} ${bound}`;
}

const SHOWN_CHARACTERS = 60;

/** Never more than a glimpse: a wrong value can be a whole document. */
export function describeReceived(value: unknown): string {
  if (value === undefined) return 'not there';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return String(value);
  if (value.length <= SHOWN_CHARACTERS) return JSON.stringify(value);
  return `${JSON.stringify(value.slice(0, SHOWN_CHARACTERS))}… (${value.length} characters)`;
}

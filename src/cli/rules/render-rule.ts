// A rule in a line, as its author would say it.
import type { Conditions, UserRule } from '../../core/rules/user-rule.ts';

export function renderAction({ action, target, engine }: UserRule): string {
  const by = engine === undefined ? '' : ` (${engine})`;
  return `${target === undefined ? action : `${action} → ${target}`}${by}`;
}

/** Empty: it fits every call. */
export function renderConditions({ when = {}, condition }: UserRule): string {
  const parts = Object.entries(when as Conditions).flatMap(([name, value]) => renderOne(name, value));
  return [...parts, ...(condition === undefined ? [] : [condition])].join(', ');
}

function renderOne(name: string, value: Conditions[keyof Conditions]): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [`${name} ${value}`];
  if (isList(value)) return [`${name} ${value.join(' | ')}`];
  return Object.entries(value).flatMap(([inner, one]) => renderOne(`${name}.${inner}`, one));
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

// What of stored circuits still counts? A part that makes no sense is refused by itself, never the whole.

import type { Circuit, Circuits } from './circuit-state.ts';
import { isFailureCode, LONGEST_REST_MS } from './when-to-open.ts';

export type ParsedCircuits = {
  readonly circuits: Circuits;
  /** Keys of what was refused; '' for the whole. */
  readonly refused: readonly string[];
};

export function parseCircuits(stored: unknown): ParsedCircuits {
  if (!isRecord(stored)) return { circuits: {}, refused: [''] };
  const parsed = Object.entries(stored).map(([key, value]) => [key, parseCircuit(value)] as const);
  return {
    circuits: Object.fromEntries(
      parsed.flatMap(([key, circuit]) => (circuit ? [[key, circuit] as const] : [])),
    ),
    refused: parsed.flatMap(([key, circuit]) => (circuit ? [] : [key])),
  };
}

function parseCircuit(value: unknown): Circuit | null {
  if (!isRecord(value)) return null;
  const { name, since, until, failures, times, code, from } = value;
  if (!isTime(since)) return null;
  if (name === 'closed') return isCount(failures) ? { name, failures, since } : null;
  if (name !== 'open' && name !== 'half-open') return null;
  if (!isTime(until) || until < since || until - since > LONGEST_REST_MS) return null;
  if (!isCount(times) || !isFailureCode(code)) return null;
  return { name, since, until, code, times, ...(typeof from === 'string' ? { from } : {}) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

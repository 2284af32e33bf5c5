// What of a stored balancing still counts? A part that makes no sense is refused by itself, never the whole.

import { isAmount, LARGEST_AMOUNT } from './amount.ts';
import { type Arm, createArm, withFigures } from './arm.ts';
import { type Balancing, type Group, NO_BALANCING } from './balancing.ts';
import { type Learned, NOTHING_LEARNED, rateAll } from './learned.ts';

export type ParsedBalancing = {
  readonly balancing: Balancing;
  /** Names of candidates and roles that were refused; '' for what has no name. */
  readonly refused: readonly string[];
};

export function parseBalancing(stored: unknown): ParsedBalancing {
  if (!isRecord(stored) || !Array.isArray(stored.arms) || !Array.isArray(stored.groups)) {
    return { balancing: NO_BALANCING, refused: [''] };
  }
  const found = stored.arms.map(parseArm);
  const arms = found.filter((arm, place) => arm !== null && firstOf(found, arm.name) === place) as Arm[];
  // Where an arm lay in the file → where it lies now.
  const moved = found.map((arm) => (arm === null ? -1 : firstOf(arms, arm.name)));
  const groups = stored.groups.map((group) => parseGroup(group, moved));
  const kept = groups.filter((group) => group !== null);
  return {
    balancing: { arms, groups: kept.filter(({ role }, at) => kept.findIndex((g) => g.role === role) === at) },
    refused: [
      ...stored.arms.filter((_, place) => found[place] === null).map((arm) => nameIn(arm, 'name')),
      ...stored.groups.filter((_, at) => groups[at] === null).map((group) => nameIn(group, 'role')),
    ],
  };
}

const ARM_FIGURES = Object.keys(createArm('', 0)).filter((key) => key !== 'name');

function parseArm(value: unknown): Arm | null {
  if (!isRecord(value) || typeof value.name !== 'string') return null;
  const figures = pickFigures(value, ARM_FIGURES);
  if (figures === null || (figures.errorShare ?? 0) > 1) return null;
  return withFigures(createArm(value.name, 0), figures);
}

const SEEN_FIGURES = ['tries', 'successes', 'logMs', 'costUsd', 'lostMs', 'at'] as const;

const LARGEST_LOG = Math.log(LARGEST_AMOUNT);

function parseLearned(value: unknown): Learned {
  const figures = isRecord(value) ? pickFigures(value, SEEN_FIGURES) : null;
  if (figures === null) return NOTHING_LEARNED;
  const { tries = 0, successes = 0, logMs = 0 } = figures;
  if (successes > tries || logMs > LARGEST_LOG * successes) return NOTHING_LEARNED;
  return { ...NOTHING_LEARNED, ...figures };
}

function parseGroup(value: unknown, moved: readonly number[]): Group | null {
  if (!isRecord(value) || typeof value.role !== 'string' || !Array.isArray(value.members)) return null;
  const { role, members, cursor } = value;
  const stored = Array.isArray(value.learned) ? value.learned : [];
  const places = members.map((place) => (typeof place === 'number' ? (moved[place] ?? -1) : -1));
  const isKept = (_: unknown, at: number) => places[at] !== -1 && places.indexOf(places[at] ?? -1) === at;
  const kept = places.filter(isKept);
  const last = typeof cursor === 'number' ? (places[cursor] ?? -1) : -1;
  const learned = members.map((_, at) => parseLearned(stored[at])).filter(isKept);
  return { role, members: kept, cursor: kept.indexOf(last), learned: rateAll(learned) };
}

/** `null` where one of them is no amount. */
function pickFigures(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, number>> | null {
  const figures: Record<string, number> = {};
  for (const key of keys) {
    const figure = value[key];
    if (typeof figure !== 'number' || !isAmount(figure)) return null;
    figures[key] = figure;
  }
  return figures;
}

function firstOf(arms: readonly (Arm | null)[], name: string): number {
  return arms.findIndex((arm) => arm?.name === name);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameIn(value: unknown, field: string): string {
  return isRecord(value) && typeof value[field] === 'string' ? value[field] : '';
}

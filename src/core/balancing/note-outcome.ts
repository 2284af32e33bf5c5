// What does the end of a task change?

import { isAmount } from './amount.ts';
import { type Arm, agedErrorShare, ageOf, withFigures } from './arm.ts';
import { type Balancing, findGroup, placeIn, setGroup } from './balancing.ts';
import { learn, type Outcome } from './learned.ts';
import { tokensOfOne } from './note-pick.ts';

export type OutcomeNote = Outcome & {
  readonly role: string;
  readonly candidate: string;
  readonly now: number;
};

/** Every role sees what a candidate is like; what it is worth to a role, that role learns for itself. */
export function noteOutcome(balancing: Balancing, note: OutcomeNote): Balancing {
  const { candidate, now } = note;
  if (!balancing.arms.some(({ name }) => name === candidate)) return balancing;
  const ended = note.ok
    ? noteAnswer(balancing.arms, candidate, { latencyMs: note.latencyMs, now })
    : noteError(balancing.arms, candidate, now);
  const arms = noteTokens(ended, candidate, { tokens: note.tokens ?? 0, now });
  return noteLearned({ ...balancing, arms }, note);
}

export function noteLearned(balancing: Balancing, note: OutcomeNote): Balancing {
  const group = findGroup(balancing, note.role);
  const place = group === null ? -1 : placeIn(balancing, group, note.candidate);
  const latencyMs = amount(note.latencyMs);
  // A success of unknown duration says nothing about the price.
  if (group === null || place === -1 || (note.ok && latencyMs === undefined)) return balancing;
  const outcome = { ok: note.ok, latencyMs, costUsd: amount(note.costUsd) };
  const learned = learn(group.learned, { place, outcome, now: note.now });
  return setGroup(balancing, { ...group, learned });
}

/** So much of the moving averages is the newest value. The seed's constant. */
const NEWEST = 0.3;

export function noteAnswer(
  arms: readonly Arm[],
  candidate: string,
  { latencyMs, now }: { readonly latencyMs?: number | undefined; readonly now: number },
): readonly Arm[] {
  return change(arms, candidate, (arm) => {
    const answered = { answers: arm.answers + 1, ...errorsWith(arm, 0, now) };
    return latencyMs === undefined || !isAmount(latencyMs)
      ? answered
      : { ...answered, ...latencyWith(arm, latencyMs, now) };
  });
}

export function noteError(arms: readonly Arm[], candidate: string, now: number): readonly Arm[] {
  return change(arms, candidate, (arm) => ({ errors: arm.errors + 1, ...errorsWith(arm, 1, now) }));
}

function errorsWith(arm: Arm, share: 0 | 1, now: number): Pick<Arm, 'errorShare' | 'errorShareAt'> {
  return { errorShare: NEWEST * share + (1 - NEWEST) * agedErrorShare(arm, now), errorShareAt: now };
}

function latencyWith(arm: Arm, ms: number, now: number): Partial<Arm> {
  // Adding 0 makes 0 of -0, which JSON does not keep.
  const latencyMs = (arm.latencySamples === 0 ? ms : NEWEST * ms + (1 - NEWEST) * arm.latencyMs) + 0;
  return { latencyMs, latencyAt: now, latencySamples: arm.latencySamples + 1, unanswered: 0 };
}

const LOAD_HALVES_MS = 3_600_000;

/** All loads fade together, so that a pick may compare them as they are. 0: what was expected did not come. */
export function noteTokens(
  arms: readonly Arm[],
  candidate: string,
  { tokens, now }: { readonly tokens: number; readonly now: number },
): readonly Arm[] {
  const faded = arms.map((arm) => fadeLoad(arm, now));
  return change(faded, candidate, (arm) => {
    const expected = Math.max(0, arm.expected - tokensOfOne(arms, arm));
    if (!isAmount(tokens) || tokens === 0) return { expected };
    const totals = { tokens: arm.tokens + tokens, tokenReports: arm.tokenReports + 1 };
    return { ...totals, expected, load: arm.load + tokens };
  });
}

function fadeLoad(arm: Arm, now: number): Arm {
  const kept = keptOfLoad(arm, now);
  return withFigures(arm, { load: arm.load * kept, expected: arm.expected * kept, loadAt: now });
}

function keptOfLoad({ loadAt }: Arm, now: number): number {
  return 0.5 ** (ageOf(loadAt, now) / LOAD_HALVES_MS);
}

function change(arms: readonly Arm[], candidate: string, next: (arm: Arm) => Partial<Arm>): readonly Arm[] {
  const place = arms.findIndex(({ name }) => name === candidate);
  const arm = arms[place];
  return arm === undefined ? arms : arms.with(place, withFigures(arm, next(arm)));
}

function amount(value: number | undefined): number | undefined {
  return value !== undefined && isAmount(value) ? value : undefined;
}

// What is known of one candidate, and how far does that still count?

/**
 * A candidate, as everybody who used it saw it. A figure that fades has the time beside it at which it was true.
 * Zeros stand for "nothing yet", so that the object keeps its shape: a pick has some ten nanoseconds for each.
 */
export type Arm = {
  readonly name: string;
  readonly weight: number;
  /** Totals. */
  readonly answers: number;
  readonly errors: number;
  readonly tokens: number;
  readonly tokenReports: number;
  /** Share of the latest answers that were errors, as a moving average. */
  readonly errorShare: number;
  readonly errorShareAt: number;
  /** Moving average of `latencySamples` answers. */
  readonly latencyMs: number;
  readonly latencyAt: number;
  readonly latencySamples: number;
  /** How often it was picked in vain, before its first sample, and when last. */
  readonly unanswered: number;
  readonly pickedAt: number;
  /** Tokens spent, fading. */
  readonly load: number;
  /** Tokens that what it was picked for will probably spend, until they are reported; fading too. */
  readonly expected: number;
  readonly loadAt: number;
};

export function createArm(name: string, weight: number): Arm {
  const totals = { answers: 0, errors: 0, tokens: 0, tokenReports: 0 };
  const latency = { latencyMs: 0, latencyAt: 0, latencySamples: 0, unanswered: 0, pickedAt: 0 };
  const load = { load: 0, expected: 0, loadAt: 0 };
  return { name, weight, ...totals, errorShare: 0, errorShareAt: 0, ...latency, ...load };
}

/** Written out field by field, so that all arms have one shape whatever changed in them: that halves a pick. */
export function withFigures(arm: Arm, figures: Partial<Arm>): Arm {
  const next = { ...arm, ...figures };
  return {
    name: next.name,
    weight: next.weight,
    answers: next.answers,
    errors: next.errors,
    tokens: next.tokens,
    tokenReports: next.tokenReports,
    errorShare: next.errorShare,
    errorShareAt: next.errorShareAt,
    latencyMs: next.latencyMs,
    latencyAt: next.latencyAt,
    latencySamples: next.latencySamples,
    unanswered: next.unanswered,
    pickedAt: next.pickedAt,
    load: next.load,
    expected: next.expected,
    loadAt: next.loadAt,
  };
}

/** After so long without an answer, errors are forgotten. */
const ERRORS_FADE_MS = 600_000;
/** What always fails keeps a little weight: otherwise nobody would see it recover. */
const LEAST_HEALTH = 0.05;
/** At this age a latency counts half, at three times this age a quarter: the slow one gets another chance. */
const LATENCY_HALVES_MS = 600_000;

/** 1: no errors lately; near 0: nothing but errors. */
export function healthOf(arm: Arm, now: number): number {
  if (arm.errorShare === 0) return 1;
  return Math.max(LEAST_HEALTH, 1 - agedErrorShare(arm, now));
}

export function agedErrorShare({ errorShare, errorShareAt }: Arm, now: number): number {
  return errorShare * Math.max(0, 1 - ageOf(errorShareAt, now) / ERRORS_FADE_MS);
}

export function agedWeight(arm: Arm, now: number): number {
  return arm.weight * healthOf(arm, now);
}

/** As it counts in a comparison: shorter with age, longer with errors. */
export function agedLatency(arm: Arm, now: number): number {
  const age = ageOf(arm.latencyAt, now);
  return (arm.latencyMs * LATENCY_HALVES_MS) / ((LATENCY_HALVES_MS + age) * healthOf(arm, now));
}

/** A clock that was turned back makes nothing younger than new. */
export function ageOf(at: number, now: number): number {
  return now > at ? now - at : 0;
}

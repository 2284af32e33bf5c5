/** How long does a pick take, and how long would it take a hook process that reads the state for each one? */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrangeBalancing } from '../../src/core/balancing/arrange-balancing.ts';
import { type Balancing, NO_BALANCING } from '../../src/core/balancing/balancing.ts';
import { noteOutcome } from '../../src/core/balancing/note-outcome.ts';
import { notePick } from '../../src/core/balancing/note-pick.ts';
import { pickCandidate } from '../../src/core/balancing/pick-candidate.ts';
import { seededRandom } from '../../src/core/balancing/seeded-random.ts';
import { STRATEGIES, type Strategy } from '../../src/core/balancing/strategy.ts';
import { atMost, type Section } from '../section.ts';
import { timeCallsNs } from '../time-calls.ts';

const ROLE = 'codex';
const NOW = 1_800_000_000_000;
/** Providers → nanoseconds that one pick may take. */
const LIMITS_NS: ReadonlyMap<number, number> = new Map([
  [3, 50],
  [30, 300],
  [300, 3_000],
]);

type Pick = { readonly strategy: Strategy; readonly providers: number; readonly ns: number };

export const BALANCING: Section = {
  name: 'balancing',
  about: 'one pick among 3, 30 and 300 providers',
  measure: async () => {
    const sizes = [...LIMITS_NS.keys()];
    const picks = sizes.flatMap((providers) => measurePicks(providers));
    const fromFile = sizes.map((providers) => ({ providers, ns: measureFromFile(providers) }));
    const turns = sizes.map((providers) => ({ providers, ns: measureTurns(providers) }));
    const slowest = (providers: number) =>
      Math.max(...picks.filter((pick) => pick.providers === providers).map(({ ns }) => ns));
    return {
      rows: picks.map(({ strategy, providers, ns }) =>
        atMost(`pick, ${strategy}, ${providers}`, ns, [LIMITS_NS.get(providers) ?? 0, 'ns']),
      ),
      notes: [
        ...turns.map(
          ({ providers, ns }) => `a turn of round-robin, picked and noted, ${providers}: ${ns} ns`,
        ),
        ...fromFile.map(({ providers, ns }) => {
          const times = Math.round(ns / slowest(providers));
          return `state read from its file for each pick, ${providers}: ${ns} ns, ${times} times the slowest strategy`;
        }),
      ],
      data: { picks, turns, fromFile },
    };
  },
};

function measurePicks(providers: number): readonly Pick[] {
  const balancing = createUsed(providers);
  const random = seededRandom(providers);
  return STRATEGIES.map((strategy) => {
    const request = { role: ROLE, strategy, now: NOW, random };
    const ns = timeCallsNs(() => pickCandidate(balancing, request)?.candidate ?? null);
    return { strategy, providers, ns };
  });
}

/** With what a pick leaves behind. */
function measureTurns(providers: number): number {
  let balancing = createUsed(providers);
  const request = { role: ROLE, strategy: 'round-robin' as const, now: NOW, random: () => 0 };
  return timeCallsNs(() => {
    const choice = pickCandidate(balancing, request);
    if (choice === null) return null;
    balancing = notePick(balancing, { role: ROLE, choice, now: NOW });
    return choice.candidate;
  });
}

/** One file, read and parsed, and the same pick: the least that a process for each call would have to do. */
function measureFromFile(providers: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'omcm-bench-'));
  try {
    const file = join(folder, 'balancing.json');
    writeFileSync(file, JSON.stringify(createUsed(providers)));
    const request = { role: ROLE, strategy: 'latency' as const, now: NOW, random: () => 0 };
    return timeCallsNs(() => {
      const balancing = JSON.parse(readFileSync(file, 'utf8')) as Balancing;
      return pickCandidate(balancing, request)?.candidate ?? null;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Everybody has answered some, failed some, and been heard of lately. */
function createUsed(providers: number): Balancing {
  const random = seededRandom('outcomes');
  const names = Array.from({ length: providers }, (_, index) => `provider-${index}/model`);
  const start = arrangeBalancing(NO_BALANCING, { groups: { [ROLE]: names }, weightOf: () => 1 + random() });
  const outcomes = [0, 1, 2].flatMap((round) => names.map((candidate) => ({ candidate, round })));
  return outcomes.reduce(
    (balancing, { candidate, round }, index) =>
      noteOutcome(balancing, {
        role: ROLE,
        candidate,
        ok: round !== 1 || random() < 0.7,
        latencyMs: 1_000 + 9_000 * random(),
        tokens: 1_000 + 9_000 * random(),
        costUsd: 0.1 * random(),
        now: NOW - 60_000 + index,
      }),
    start,
  );
}

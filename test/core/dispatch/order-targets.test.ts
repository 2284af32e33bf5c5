import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/core/delegation/failure.ts';
import { mayTryTarget } from '../../../src/core/dispatch/circuit-keys.ts';
import { noteAttemptBegan, noteAttemptEnded } from '../../../src/core/dispatch/note-attempt.ts';
import { type OrderQuestion, orderTargets } from '../../../src/core/dispatch/order-targets.ts';
import { NO_STANDING, parseStanding, type Standing } from '../../../src/core/dispatch/standing.ts';
import type { Target } from '../../../src/core/routing/decision.ts';
import { modelRef, parseTarget } from '../../../src/core/routing/list-targets.ts';

const NOW = 1_800_000_000_000;
const target = (name: string) => parseTarget(name) as Target;
const flash = target('google/gemini-3-flash');
const older = target('google/gemini-2.5-flash');
const gpt = target('openai/gpt-5.2');
const ALL = [flash, older, gpt];

const question = (more: Partial<OrderQuestion> = {}): OrderQuestion => ({
  role: 'flash',
  targets: ALL,
  roleModels: ALL.map(modelRef),
  claudeMayAnswer: true,
  strategy: 'first',
  weights: {},
  now: NOW,
  random: () => 0,
  ...more,
});

const ended = (standing: Standing, of: Target, code: Parameters<typeof failure>[0] | null, now = NOW) =>
  noteAttemptEnded(standing, {
    role: 'flash',
    target: of,
    failure: code === null ? null : failure(code),
    latencyMs: 100,
    tokens: 10,
    costUsd: 0,
    now,
  });

function namesOf(standing: Standing, more: Partial<OrderQuestion> = {}): readonly string[] {
  const { order } = orderTargets(standing, question(more));
  return order.kind === 'targets' ? order.targets.map(({ model }) => model) : [order.kind];
}

describe('the models of a role', () => {
  it('stand in their configured order where nothing else is said', () => {
    expect(namesOf(NO_STANDING)).toEqual(['gemini-3-flash', 'gemini-2.5-flash', 'gpt-5.2']);
  });

  it('take turns where they are to, each with the others behind it', () => {
    let standing = NO_STANDING;
    const firsts: string[] = [];
    for (let call = 0; call < 4; call += 1) {
      const { order, standing: next } = orderTargets(standing, question({ strategy: 'round-robin' }));
      if (order.kind !== 'targets') throw new Error(order.kind);
      expect(new Set(order.targets.map(({ model }) => model)).size).toBe(3);
      firsts.push(order.targets[0].model);
      standing = next;
    }
    expect(firsts).toEqual(['gemini-3-flash', 'gemini-2.5-flash', 'gpt-5.2', 'gemini-3-flash']);
  });

  it('of which one has failed are asked without it, until its rest is over', () => {
    const standing = ended(NO_STANDING, flash, 'provider-rate-limited');
    expect(namesOf(standing)).toEqual(['gemini-2.5-flash', 'gpt-5.2']);
    expect(namesOf(standing, { now: NOW + 15_000 })[0]).toBe('gemini-3-flash');
  });

  it('are all left out where their provider is down or refuses the key', () => {
    for (const code of ['provider-unavailable', 'provider-refused-key'] as const)
      expect(namesOf(ended(NO_STANDING, flash, code))).toEqual(['gpt-5.2']);
  });

  it('that all rest leave the call to Claude, and it is known who comes back first', () => {
    let standing = ended(NO_STANDING, flash, 'provider-refused-key');
    standing = ended(standing, gpt, 'provider-rate-limited');
    const { order } = orderTargets(standing, question());
    expect(order).toEqual({
      kind: 'none',
      back: { key: 'openai/gpt-5.2', at: NOW + 15_000, code: 'provider-rate-limited' },
    });
  });

  it('that do not belong to the role keep their place: a model of the agent, or of the fallback', () => {
    expect(namesOf(NO_STANDING, { roleModels: ['openai/gpt-5.2'], strategy: 'round-robin' })[0]).toBe(
      'gemini-3-flash',
    );
  });
});

describe('Claude among the models of a role', () => {
  const roleModels = ['anthropic/claude', 'google/gemini-3-flash'];
  it('takes its turn by leaving the call native', () => {
    const first = orderTargets(
      NO_STANDING,
      question({ roleModels, strategy: 'round-robin', targets: [flash] }),
    );
    expect(first.order.kind).toBe('claude');
    const second = orderTargets(
      first.standing,
      question({ roleModels, strategy: 'round-robin', targets: [flash] }),
    );
    expect(second.order).toMatchObject({ kind: 'targets', targets: [flash] });
  });

  it('has no turn in an emergency', () => {
    const { order } = orderTargets(
      NO_STANDING,
      question({ roleModels, claudeMayAnswer: false, targets: [flash] }),
    );
    expect(order).toMatchObject({ kind: 'targets', targets: [flash] });
  });
});

describe('a model that has rested', () => {
  it('is tried by one task, and is back when that one was answered', () => {
    const resting = ended(NO_STANDING, flash, 'provider-rate-limited');
    const later = NOW + 15_000;
    const probed = noteAttemptBegan(resting, flash, later);
    expect(mayTryTarget(probed.circuits, flash, later).may).toBe(false);
    const back = ended(probed, flash, null, later + 500);
    expect(mayTryTarget(back.circuits, flash, later + 500)).toEqual({ may: true, probe: false });
  });

  it('is as free as before when the task that tried it was cancelled', () => {
    const resting = ended(NO_STANDING, flash, 'provider-rate-limited');
    const probed = noteAttemptBegan(resting, flash, NOW + 15_000);
    const cancelled = ended(probed, flash, 'cancelled', NOW + 16_000);
    expect(mayTryTarget(cancelled.circuits, flash, NOW + 16_000)).toEqual({ may: true, probe: true });
  });
});

describe('what is known', () => {
  it('survives a trip through JSON, and garbage is a fresh start', () => {
    const { standing } = orderTargets(
      ended(NO_STANDING, flash, 'provider-rate-limited'),
      question({ strategy: 'weighted' }),
    );
    expect(parseStanding(JSON.parse(JSON.stringify(standing)))).toEqual(standing);
    expect(parseStanding({ balancing: 7, circuits: 'x' })).toEqual(NO_STANDING);
  });

  it('never has a target asked that rests, and names each at most once', () => {
    const steps = fc.array(
      fc.record({
        at: fc.nat(600_000),
        model: fc.constantFrom(...ALL),
        code: fc.constantFrom(
          null,
          'provider-rate-limited',
          'provider-unavailable',
          'provider-garbage',
          'cancelled',
          'server-died',
        ),
        strategy: fc.constantFrom('first', 'round-robin', 'weighted', 'latency', 'usage', 'adaptive'),
        draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        let standing = NO_STANDING;
        let now = NOW;
        for (const { at, model, code, strategy, draw } of list) {
          now += at;
          const ordered = orderTargets(standing, question({ now, strategy, random: () => draw }));
          standing = ended(ordered.standing, model, code, now);
          if (ordered.order.kind !== 'targets') continue;
          const { targets } = ordered.order;
          expect(new Set(targets).size).toBe(targets.length);
          for (const one of targets) expect(mayTryTarget(ordered.standing.circuits, one, now).may).toBe(true);
        }
      }),
    );
  });
});

describe('what a model was like', () => {
  it('is learned by every list of its role in which it stands', () => {
    const of = (...models: readonly Target[]) =>
      question({
        targets: models,
        roleModels: models.map(modelRef),
        strategy: 'adaptive',
        random: () => 0.5,
      });
    let standing = orderTargets(NO_STANDING, of(flash, older)).standing;
    standing = orderTargets(standing, of(flash, older, gpt)).standing;
    standing = ended(standing, flash, null);
    const tries = standing.balancing.groups.map(({ learned }) => learned[0]?.tries);
    expect(tries).toEqual([1, 1]);
  });
});

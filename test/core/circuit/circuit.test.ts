import { describe, expect, it } from 'vitest';
import { type Circuits, NO_CIRCUITS } from '../../../src/core/circuit/circuit-state.ts';
import { listResting } from '../../../src/core/circuit/list-resting.ts';
import { findFirstBack, mayTry } from '../../../src/core/circuit/may-try.ts';
import { noteFailure, noteSuccess } from '../../../src/core/circuit/note-outcome.ts';
import { beginProbe, endProbe } from '../../../src/core/circuit/probe.ts';
import type { Failure, FailureCode } from '../../../src/core/delegation/failure.ts';

const KEY = 'openai/gpt-5.2';
const NOW = 1_800_000_000_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const fail = (circuits: Circuits, code: FailureCode, more: Partial<Failure> & { at?: number } = {}) =>
  noteFailure(circuits, KEY, { failed: { code, ...more }, now: more.at ?? NOW });
const failed = (...codes: readonly FailureCode[]) =>
  codes.reduce((circuits, code) => fail(circuits, code), NO_CIRCUITS);
const restOf = (circuits: Circuits, now = NOW) => {
  const leave = mayTry(circuits, KEY, now);
  return leave.may ? 0 : leave.until - now;
};

describe('what rests', () => {
  it('is told with its reason and its end, the first to come back first, and no longer than that', () => {
    const both = noteFailure(failed('provider-silent'), 'google/*', {
      failed: { code: 'provider-rate-limited' },
      now: NOW,
    });
    expect(listResting(both, NOW)).toEqual([
      { key: 'google/*', code: 'provider-rate-limited', until: NOW + 15 * SECOND },
      { key: KEY, code: 'provider-silent', until: NOW + MINUTE },
    ]);
    expect(listResting(both, NOW + 15 * SECOND).map(({ key }) => key)).toEqual([KEY]);
  });
});

describe('a closed circuit', () => {
  it('lets everybody through', () => {
    expect(mayTry(NO_CIRCUITS, KEY, NOW)).toEqual({ may: true, probe: false });
  });

  it.each([
    ['provider-rate-limited', 15 * SECOND],
    ['provider-quota-exhausted', 10 * MINUTE],
    ['provider-unavailable', 10 * SECOND],
    ['provider-refused-key', 30 * MINUTE],
    ['model-not-found', 30 * MINUTE],
    ['provider-silent', MINUTE],
  ] as const)('opens at the first %s, for %d ms', (code, rest) => {
    expect(restOf(failed(code))).toBe(rest);
  });

  it('opens at the second answer in a row that makes no sense, and at the third refusal', () => {
    expect(restOf(failed('provider-garbage'))).toBe(0);
    expect(restOf(failed('provider-garbage', 'provider-garbage'))).toBe(30 * SECOND);
    expect(restOf(failed('provider-error', 'provider-error'))).toBe(0);
    expect(restOf(failed('provider-error', 'provider-error', 'provider-error'))).toBe(30 * SECOND);
  });

  it('does not count failures with a success between them, or an hour between them', () => {
    const once = failed('provider-garbage');
    expect(restOf(fail(noteSuccess(once, KEY, NOW), 'provider-garbage'))).toBe(0);
    const later = NOW + HOUR + 1;
    expect(restOf(fail(once, 'provider-garbage', { at: later }), later)).toBe(0);
  });

  it.each([
    'context-overflow',
    'opencode-not-installed',
    'server-start-failed',
    'server-died',
    'pool-full',
    'deadline-exceeded',
    'cancelled',
    'directory-missing',
    'draining',
    'internal',
  ] as const)('takes no notice of %s', (code) => {
    expect(failed(code, code, code, code)).toBe(NO_CIRCUITS);
  });

  it('is told apart from others, whatever their names', () => {
    const circuits = failed('provider-unavailable');
    expect(mayTry(circuits, 'openai/gpt-5.2-codex', NOW).may).toBe(true);
    expect(mayTry(circuits, 'constructor', NOW).may).toBe(true);
    const odd = noteFailure(circuits, '__proto__', { failed: { code: 'provider-silent' }, now: NOW });
    expect(mayTry(odd, '__proto__', NOW).may).toBe(false);
    expect(mayTry(odd, KEY, NOW).may).toBe(false);
  });
});

describe('an open circuit', () => {
  it('says until when, and why', () => {
    expect(mayTry(failed('provider-silent'), KEY, NOW + 1)).toEqual({
      may: false,
      until: NOW + MINUTE,
      code: 'provider-silent',
    });
  });

  it('rests as long as the provider asks, within a second and a day', () => {
    const rest = (retryAfterMs: number) =>
      restOf(fail(NO_CIRCUITS, 'provider-rate-limited', { retryAfterMs }));
    expect(rest(42 * SECOND)).toBe(42 * SECOND);
    expect(rest(1)).toBe(SECOND);
    expect(rest(5 * DAY)).toBe(DAY);
    expect(rest(Number.POSITIVE_INFINITY)).toBe(DAY);
    for (const senseless of [0, -5, Number.NaN]) expect(rest(senseless)).toBe(15 * SECOND);
  });

  it('rests twice as long after each probe that failed, up to a cap', () => {
    let circuits = failed('provider-rate-limited');
    let now = NOW;
    const rests = [];
    for (let times = 0; times < 8; times += 1) {
      const rest = restOf(circuits, now);
      rests.push(rest / SECOND);
      now += rest;
      circuits = fail(beginProbe(circuits, KEY, { now }), 'provider-rate-limited', { at: now });
    }
    expect(rests).toEqual([15, 30, 60, 120, 240, 480, 900, 900]);
  });

  it('begins anew with its rests when nothing was heard of it for an hour', () => {
    const opened = failed('provider-unavailable');
    const again = fail(opened, 'provider-unavailable', { at: NOW + 10 * SECOND });
    expect(restOf(again, NOW + 10 * SECOND)).toBe(20 * SECOND);
    const muchLater = NOW + 2 * HOUR;
    expect(restOf(fail(opened, 'provider-unavailable', { at: muchLater }), muchLater)).toBe(10 * SECOND);
  });

  it('takes several tasks that fail together for one failure, and the longer of their rests', () => {
    const both = failed('provider-unavailable', 'provider-unavailable', 'provider-refused-key');
    expect(restOf(both)).toBe(30 * MINUTE);
    expect(restOf(fail(both, 'provider-unavailable'))).toBe(30 * MINUTE);
    const due = NOW + 30 * MINUTE;
    const second = fail(beginProbe(both, KEY, { now: due }), 'provider-refused-key', { at: due });
    expect(restOf(second, due)).toBe(HOUR);
  });

  it('stays open when a task ends well that began before', () => {
    const opened = failed('provider-rate-limited');
    expect(noteSuccess(opened, KEY, NOW + SECOND)).toBe(opened);
    expect(noteSuccess(opened, KEY, NOW + 15 * SECOND)).toEqual(NO_CIRCUITS);
  });

  it('is due when the clock was turned back behind its beginning', () => {
    expect(mayTry(failed('provider-refused-key'), KEY, NOW - 1)).toEqual({ may: true, probe: true });
  });
});

describe('a probe', () => {
  const due = NOW + 10 * SECOND;
  const probing = beginProbe(failed('provider-unavailable'), KEY, { now: due, leaseMs: 5 * SECOND });

  it('is asked for when the rest is over, and is then the only one', () => {
    expect(mayTry(failed('provider-unavailable'), KEY, due)).toEqual({ may: true, probe: true });
    expect(mayTry(probing, KEY, due)).toMatchObject({ may: false, until: due + 5 * SECOND });
    expect(beginProbe(probing, KEY, { now: due })).toBe(probing);
  });

  it('cannot begin before, nor where none is needed', () => {
    const opened = failed('provider-unavailable');
    expect(beginProbe(opened, KEY, { now: due - 1 })).toBe(opened);
    expect(beginProbe(NO_CIRCUITS, KEY, { now: due })).toBe(NO_CIRCUITS);
    const counted = failed('provider-garbage');
    expect(beginProbe(counted, KEY, { now: due })).toBe(counted);
  });

  it('closes the circuit by succeeding, and opens it by failing in any way that counts', () => {
    expect(noteSuccess(probing, KEY, due + 1)).toEqual(NO_CIRCUITS);
    expect(restOf(fail(probing, 'provider-error', { at: due }), due)).toBe(MINUTE);
  });

  it('makes way at once when it ended without a verdict', () => {
    for (const ended of [endProbe(probing, KEY, due), fail(probing, 'cancelled', { at: due })]) {
      expect(mayTry(ended, KEY, due)).toEqual({ may: true, probe: true });
    }
    expect(endProbe(NO_CIRCUITS, KEY, due)).toBe(NO_CIRCUITS);
  });

  it('that was never begun cannot end a rest', () => {
    const opened = failed('provider-unavailable');
    expect(endProbe(opened, KEY, NOW)).toBe(opened);
    expect(fail(opened, 'cancelled')).toBe(opened);
  });

  it('makes way for the next when its lease is over, or the clock was turned back', () => {
    expect(mayTry(probing, KEY, due + 5 * SECOND)).toEqual({ may: true, probe: true });
    expect(mayTry(probing, KEY, due - 1)).toEqual({ may: true, probe: true });
  });
});

describe('of several that are out', () => {
  const other = noteFailure(failed('provider-refused-key'), 'google/gemini', {
    failed: { code: 'provider-rate-limited', retryAfterMs: 90 * SECOND },
    now: NOW,
  });

  it('the first to come back is told, with its reason', () => {
    expect(findFirstBack(other, [KEY, 'google/gemini'], NOW)).toEqual({
      key: 'google/gemini',
      at: NOW + 90 * SECOND,
      code: 'provider-rate-limited',
    });
  });

  it('one that may be asked is there already', () => {
    expect(findFirstBack(other, [KEY, 'x/y', 'google/gemini'], NOW)).toEqual({
      key: 'x/y',
      at: NOW,
      code: null,
    });
    expect(findFirstBack(other, [], NOW)).toBeNull();
  });
});

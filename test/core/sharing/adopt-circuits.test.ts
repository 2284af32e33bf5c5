import { describe, expect, it } from 'vitest';
import type { Circuit, Circuits } from '../../../src/core/circuit/circuit-state.ts';
import { listResting } from '../../../src/core/circuit/list-resting.ts';
import { mayTry } from '../../../src/core/circuit/may-try.ts';
import { adoptCircuits, type ToldCircuit, withoutTold } from '../../../src/core/sharing/adopt-circuits.ts';

const NOW = 1_800_000_000_000;
const MODEL = 'google/gemini-3-flash';
const LIMIT = { code: 'provider-rate-limited', times: 1 } as const;

const told = (more: Partial<ToldCircuit> = {}): ToldCircuit => {
  const rests = { name: 'open', since: NOW, until: NOW + 60_000, ...LIMIT } as const;
  return { key: MODEL, ...rests, from: 'devbox', ...more };
};
const adopt = (circuits: Circuits, ...all: readonly ToldCircuit[]) =>
  adoptCircuits(circuits, { told: all, accounts: ['gemini'], now: NOW });
const own = (more: object = {}): Circuits => ({
  [MODEL]: { name: 'open', since: NOW - 1, until: NOW + 30_000, ...LIMIT, ...more } as Circuit,
});

describe('what others of a team have found out', () => {
  it('holds here, with the name of the machine', () => {
    const circuits = adopt({}, told());
    expect(mayTry(circuits, MODEL, NOW)).toMatchObject({ may: false, until: NOW + 60_000, from: 'devbox' });
    expect(listResting(circuits, NOW)).toEqual([
      { key: MODEL, code: LIMIT.code, until: NOW + 60_000, from: 'devbox' },
    ]);
  });

  it('ends here when it has ended there', () => {
    expect(adopt(adopt({}, told()))).toEqual({});
  });

  it('never shortens a rest that was found out here, nor ends it', () => {
    const longer = own({ until: NOW + 600_000 });
    expect(adopt(longer, told())).toBe(longer);
    const same = own({ until: NOW + 59_990 });
    expect(adopt(same, told()), 'which it has told itself in an earlier life').toBe(same);
    expect(adopt(longer)).toBe(longer);
    expect(adopt(own(), told())).toMatchObject({ [MODEL]: { until: NOW + 60_000, from: 'devbox' } });
  });

  it('waits for what another machine tries out, but not for the own try', () => {
    const trying = told({ name: 'half-open', until: NOW + 120_000 });
    const due = own({ until: NOW });
    expect(mayTry(due, MODEL, NOW)).toMatchObject({ may: true, probe: true });
    expect(mayTry(adopt(due, trying), MODEL, NOW).may).toBe(false);
    const ours = own({ name: 'half-open', until: NOW + 120_000 });
    expect(adopt(ours, trying)).toBe(ours);
  });

  it('says nothing of an account that is not the same, of Claude, or of a login', () => {
    const others = [
      told({ key: 'openai/gpt-5.2' }),
      told({ key: 'anthropic/claude-opus-5-5' }),
      told({ key: 'google/*', code: 'provider-refused-key' }),
    ];
    expect(adopt({}, ...others)).toEqual({});
    const down = told({ key: 'openai/*', code: 'provider-unavailable' });
    expect(Object.keys(adopt({}, down)), 'a server error is everybody’s').toEqual(['openai/*']);
  });

  it('holds for a day at most, whoever has written it', () => {
    const { until } = adopt({}, told({ until: NOW + 1e12 }))[MODEL] as ToldCircuit;
    expect(until).toBe(NOW + 86_400_000);
  });

  it('counts no more where nothing is shared any more', () => {
    const circuits = adopt({ ...own(), 'google/b': { name: 'closed', failures: 1, since: NOW } }, told());
    expect(Object.keys(withoutTold(circuits))).toEqual(['google/b']);
  });
});

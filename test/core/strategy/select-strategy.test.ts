import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StrategyQuestion, selectStrategy } from '../../../src/core/strategy/select-strategy.ts';
import type { Strategy } from '../../../src/core/strategy/strategy.ts';

const servers = ['running', 'startable', 'unavailable'] as const;
const strategies = ['serve', 'run', 'acp'] as const;

describe('the strategy of a task', () => {
  it.each([
    ['auto', 'running', false, 'serve', 'server-running', null],
    ['auto', 'startable', false, 'serve', 'server-can-start', null],
    ['auto', 'unavailable', false, 'run', 'no-server', 'serve'],
    ['auto', 'unavailable', true, 'run', 'no-server', 'serve'],
    ['serve', 'running', true, 'serve', 'server-running', null],
    ['serve', 'unavailable', true, 'run', 'no-server', 'serve'],
    ['run', 'running', true, 'run', 'asked', null],
    ['run', 'unavailable', false, 'run', 'asked', null],
    ['acp', 'unavailable', true, 'acp', 'asked', null],
    ['acp', 'running', false, 'serve', 'acp-unavailable', 'acp'],
    ['acp', 'startable', false, 'serve', 'acp-unavailable', 'acp'],
    ['acp', 'unavailable', false, 'run', 'acp-unavailable-and-no-server', 'acp'],
  ] as const)(
    'asked for %s, server %s, ACP %s: %s (%s)',
    (asked, server, acpAvailable, strategy, reason, fellFrom) => {
      expect(selectStrategy({ asked, server, acpAvailable })).toEqual({ strategy, reason, fellFrom });
    },
  );

  it.each([
    ['run', 29_999, false, false, 'run', 'spec-short-run', null],
    ['run', 30_000, false, false, 'serve', 'spec-long-run', null],
    ['run', undefined, true, true, 'serve', 'spec-long-run', null],
    ['serve', 1, true, false, 'serve', 'spec-server-running', null],
    ['serve', 90_000, false, false, 'run', 'spec-no-server', 'serve'],
    ['acp', 1, false, true, 'acp', 'spec-acp-available', null],
    ['acp', 1, true, false, 'serve', 'spec-acp-unavailable', 'acp'],
  ] as const)(
    "follows the seed's table when told to: %s of %s ms, server %s, ACP %s: %s",
    (type, estimatedMs, serverRunning, acpAvailable, strategy, reason, fellFrom) => {
      const task = { type, ...(estimatedMs === undefined ? {} : { estimatedMs }) };
      const server = serverRunning ? 'running' : 'startable';
      const selected = selectStrategy({ asked: 'spec', server, acpAvailable, task });
      expect(selected).toEqual({ strategy, reason, fellFrom });
    },
  );

  it('counts a task that nobody has described as a long run', () => {
    expect(selectStrategy({ asked: 'spec', server: 'startable', acpAvailable: true }).strategy).toBe('serve');
  });
});

const question: fc.Arbitrary<StrategyQuestion> = fc.record({
  asked: fc.constantFrom('auto', 'serve', 'run', 'acp'),
  server: fc.constantFrom(...servers),
  acpAvailable: fc.boolean(),
  task: fc.record({ type: fc.constantFrom(...strategies), estimatedMs: fc.nat() }),
});

describe('whatever is asked for', () => {
  const check = (holds: (question: StrategyQuestion) => boolean) => fc.assert(fc.property(question, holds));

  it('takes no server where none can start, and no ACP where there is none', () => {
    check((asked) => {
      const { strategy } = selectStrategy(asked);
      if (strategy === 'serve') return asked.server !== 'unavailable';
      return strategy !== 'acp' || asked.acpAvailable;
    });
  });

  it('falls from what was asked for, and only when it takes something else', () => {
    check((asked) => {
      const { strategy, fellFrom } = selectStrategy(asked);
      const wanted: Strategy = asked.asked === 'run' || asked.asked === 'acp' ? asked.asked : 'serve';
      return strategy === wanted ? fellFrom === null : fellFrom === wanted;
    });
  });

  it('does not look at how long the task may take', () => {
    check((asked) => {
      const longer = { ...asked, task: { type: 'run' as const, estimatedMs: 0 } };
      return selectStrategy(asked).strategy === selectStrategy(longer).strategy;
    });
  });
});

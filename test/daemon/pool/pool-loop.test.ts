import { expect, it, onTestFinished, vi } from 'vitest';
import type { PoolAction } from '../../../src/core/pool/pool-action.ts';
import { createPoolLoop } from '../../../src/daemon/pool/pool-loop.ts';
import { LIMITS } from '../../core/pool/pool-limits.ts';

it('starts a failed server again, even if its rest ends while the pool is looked at', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let clock = 1_000;
  const actions: PoolAction[] = [];
  const loop = createPoolLoop({
    remotes: [],
    limits: () => ({ ...LIMITS, minServers: 1 }),
    // A moment passes whenever somebody asks, as on a machine that is busy.
    now: () => {
      clock += LIMITS.restart.baseMs + 1;
      return clock;
    },
    act: (action) => actions.push(action),
    onStep: () => {},
  });
  const started = () => actions.flatMap((action) => (action.type === 'start-server' ? action.server : []));

  loop.observe({ type: 'tick' });
  const [server = ''] = started();
  loop.observe({ type: 'server-start-failed', server, why: 'exit 3' });
  vi.advanceTimersByTime(10);

  expect(started()).toEqual([server, server]);
});

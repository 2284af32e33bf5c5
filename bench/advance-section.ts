/** How many events does the pool's decision take a second, with everything busy? */

import { DEFAULT_CONFIG } from '../src/core/config/default-config.ts';
import { advancePool } from '../src/core/pool/advance-pool.ts';
import { createPool, type PoolState } from '../src/core/pool/pool-state.ts';
import { poolLimits } from '../src/daemon/pool/pool-limits.ts';
import type { Section } from './section.ts';
import { median } from './statistics.ts';

const EVENTS = 50_000;
const ROUNDS = 5;
const SERVERS = 5;
const IN_FLIGHT = 60;

export const advanceSection: Section = {
  name: 'advance',
  about: "the pool's decisions a second",
  measure: async () => {
    const rates = Array.from({ length: ROUNDS }, measureOnce);
    const perSecond = Math.round(median(rates));
    return {
      rows: [],
      notes: [
        `${'advancePool, 5 servers, 60 tasks'.padEnd(36)}${perSecond} events/s (n ${ROUNDS} × ${EVENTS})`,
      ],
    };
  },
};

function measureOnce(): number {
  const limits = { ...poolLimits(DEFAULT_CONFIG), minServers: SERVERS };
  const context = { limits, now: 1_000_000 };
  let state: PoolState = advancePool(createPool(), { type: 'tick' }, context).state;
  for (let n = 1; n <= SERVERS; n += 1)
    state = advancePool(
      state,
      { type: 'server-started', server: `server-${n}`, port: 4095 + n },
      context,
    ).state;
  const holders: { readonly task: string; readonly server: string }[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < EVENTS; n += 1) {
    const done = holders.length >= IN_FLIGHT ? holders.shift() : undefined;
    const asked = { task: String(n), deadline: 9_000_000, prefers: null, remotes: [] };
    const arrived = { type: 'task-arrived', ...asked } as const;
    const step = advancePool(state, done ? { ...done, type: 'lease-released' } : arrived, context);
    state = step.state;
    for (const action of step.actions) if (action.type === 'grant-lease') holders.push(action);
  }
  return EVENTS / ((performance.now() - startedAt) / 1_000);
}

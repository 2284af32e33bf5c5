// Whether there is a daemon, in its own words and in those of whoever finds none.
import type { MetricFamily } from './metric-family.ts';

export function daemonUp(isUp: boolean): MetricFamily {
  return {
    name: 'omcm_daemon_up',
    help: 'Whether the daemon answers.',
    type: 'gauge',
    samples: [{ labels: {}, value: isUp ? 1 : 0 }],
  };
}

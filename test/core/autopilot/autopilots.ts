import { advanceAutopilot } from '../../../src/core/autopilot/advance-autopilot.ts';
import {
  type Autopilot,
  type AutopilotLimits,
  beginAutopilot,
} from '../../../src/core/autopilot/autopilot.ts';
import type { AutopilotEvent } from '../../../src/core/autopilot/autopilot-event.ts';

const LIMITS: AutopilotLimits = { rounds: 5, tokens: null, ms: 1_000_000 };

export function begun(limits: Partial<AutopilotLimits> = {}): Autopilot {
  const checks = ['npm test'];
  return beginAutopilot({
    goal: 'g',
    directory: '/p',
    checks,
    limits: { ...LIMITS, ...limits },
    startedAt: 0,
  });
}

/** After all of these, none of which is refused. */
export function onceAll(autopilot: Autopilot, ...events: readonly AutopilotEvent[]): Autopilot {
  return events.reduce((now, event) => {
    const advanced = advanceAutopilot(now, event);
    if (!advanced.ok) throw new Error(`${event.type} was refused: ${advanced.code}`);
    return advanced.autopilot;
  }, autopilot);
}

export function reasonOf({ stage }: Autopilot): string | null {
  return stage.name === 'ended' ? stage.reason : null;
}

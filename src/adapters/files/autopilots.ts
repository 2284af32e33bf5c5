// autopilots.json: what each session works towards, so that a daemon that starts anew goes on with it.
import { autopilotSchema, type SessionAutopilot } from '../../protocol/autopilot.ts';
import type { StateFileSpec, StateProblem } from './state-file.ts';

export function autopilotsSpec(file: string): StateFileSpec<readonly SessionAutopilot[]> {
  return {
    file,
    migrations: [],
    parse: ({ autopilots }) => {
      const value: SessionAutopilot[] = [];
      const problems: StateProblem[] = [];
      for (const [at, raw] of (Array.isArray(autopilots) ? autopilots : []).entries()) {
        const parsed = autopilotSchema.safeParse(raw);
        if (parsed.success) value.push(parsed.data);
        else
          problems.push({ keyPath: `autopilots.${at}`, message: 'It is not an autopilot, and is left out.' });
      }
      return { value, problems };
    },
    serialise: (autopilots) => ({ autopilots }),
  };
}

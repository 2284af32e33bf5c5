import type { Autopilot, EndReason } from './autopilot.ts';
import type { Advanced, AutopilotEvent, Refusal } from './autopilot-event.ts';
import { whyToEnd } from './why-to-end.ts';

/** How often the conductor is told that its goal is open; once more is an end. */
export const MAX_REMINDERS = 2;

/** What has ended stays as it is. */
export function advanceAutopilot(autopilot: Autopilot, event: AutopilotEvent): Advanced {
  const code = whyRefused(autopilot, event);
  return code === null ? { ok: true, autopilot: apply(autopilot, event) } : { ok: false, code };
}

function whyRefused({ stage }: Autopilot, { type }: AutopilotEvent): Refusal | null {
  if (stage.name === 'ended') return 'has-ended';
  return type === 'round-began' && stage.name === 'working' ? 'round-open' : null;
}

function apply(autopilot: Autopilot, event: AutopilotEvent): Autopilot {
  if (event.type === 'stopped') return end(autopilot, 'stopped', event.at);
  if (event.type === 'budget-refused') return end(autopilot, 'budget-spent', event.at);
  if (event.type === 'round-judged') return judge(autopilot, event);
  if (isLate(autopilot, event.at)) return end(autopilot, 'time-spent', event.at);
  switch (event.type) {
    case 'looked':
      return autopilot;
    case 'round-began': {
      const { runId, tasks } = event;
      return { ...autopilot, stage: { name: 'working', runId, tasks }, reminders: 0 };
    }
    case 'turn-ending':
      if (autopilot.reminders >= MAX_REMINDERS) return end(autopilot, 'not-continued', event.at);
      return { ...autopilot, reminders: autopilot.reminders + 1 };
  }
}

/** Late or not: what was done is judged, and may have met the goal. */
function judge(
  autopilot: Autopilot,
  { tasks, checks, tokens, more, at }: Extract<AutopilotEvent, { type: 'round-judged' }>,
): Autopilot {
  const judged: Autopilot = {
    ...autopilot,
    stage: { name: 'planning' },
    rounds: [...autopilot.rounds, { tasks, checks, tokens }],
    spentTokens: autopilot.spentTokens + tokens,
    reminders: 0,
  };
  const reason = whyToEnd(judged, more) ?? (isLate(judged, at) ? 'time-spent' : null);
  return reason === null ? judged : end(judged, reason, at);
}

function isLate({ startedAt, limits }: Autopilot, at: number): boolean {
  return at - startedAt >= limits.ms;
}

function end(autopilot: Autopilot, reason: EndReason, at: number): Autopilot {
  return { ...autopilot, stage: { name: 'ended', reason, at } };
}

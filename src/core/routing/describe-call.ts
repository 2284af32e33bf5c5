import type { ResolvedAgent } from '../agents/resolve-agent.ts';
import { currentPercent } from '../quota/find-spent-window.ts';
import type { QuotaReadings } from '../quota/reading.ts';
import type { CallFacts, PromptFacts, QuotaFacts } from '../rules/call-facts.ts';
import type { SessionMode } from '../session-mode/session-mode.ts';
import { settleSession, type Thresholds } from '../session-mode/settle-session.ts';
import { decidingMode, type Mode } from './mode.ts';

type Call = {
  readonly mode: Mode;
  readonly session?: SessionMode | undefined;
  readonly rules: Thresholds;
  readonly quota: QuotaReadings;
  readonly now: number;
  readonly permissionMode?: string | undefined;
  readonly project?: string | undefined;
  readonly minuteOfDay?: number | undefined;
  readonly prompt?: PromptFacts | undefined;
};

/** A call as the user's rules see it. */
export function describeCall(call: Call, { agent, plugin, settings }: ResolvedAgent): CallFacts {
  const { permissionMode, project, minuteOfDay, prompt } = call;
  return {
    agent: { name: agent.name, plugin },
    tier: agent.tier,
    stays: settings.stays === true,
    mode: decidingMode(modeThatHolds(call)),
    permissionMode,
    project,
    quota: currentQuota(call.quota, call.now),
    minuteOfDay,
    prompt,
  };
}

/** A session's own mode counts in place of the one for all. */
function modeThatHolds({ mode, session, quota, rules, now }: Call): Mode {
  return session === undefined ? mode : settleSession(session, quota, rules, now).as;
}

/** What of the readings counts now. Everything that decides by the time decides by this. */
function currentQuota(quota: QuotaReadings, now: number): QuotaFacts {
  const percentOf = (window: 'fiveHour' | 'weekly') => {
    const percent = currentPercent(quota, window, now);
    return Number.isNaN(percent) ? null : percent;
  };
  return { fiveHour: percentOf('fiveHour'), weekly: percentOf('weekly') };
}

/** Decides as the daemon would, from the configuration and the state files, for those who run no daemon. */
import { fallbackStateSpec, NO_FALLBACK } from '../../adapters/files/fallback-state.ts';
import { fusionStateSpec, NO_FUSION_STATE } from '../../adapters/files/fusion-state.ts';
import { loadConfig } from '../../adapters/files/load-config.ts';
import { NO_LIMITS, providerLimitsSpec } from '../../adapters/files/provider-limits.ts';
import { consentsIn, NO_CONSENTS, vendorConsentsSpec } from '../../adapters/files/vendor-consents.ts';
import { canonicalAgentName } from '../../core/agents/resolve-agent.ts';
import { type Budgets, hasBudgets } from '../../core/budget/budgets.ts';
import { typicalTokens } from '../../core/budget/expect-tokens.ts';
import { judgeCall } from '../../core/budget/judge-call.ts';
import { usedToday } from '../../core/budget/use.ts';
import { isActive } from '../../core/fallback/fallback-state.ts';
import { assembleInput } from '../../core/routing/assemble-input.ts';
import type { RouteInput } from '../../core/routing/decide-route.ts';
import { minuteOfDay } from '../../core/rules/minute-of-day.ts';
import { readUseOffline } from '../budget/read-budget-offline.ts';
import type { Cli } from '../cli.ts';
import { untrustedFiles } from '../trust/untrusted-files.ts';
import { readState } from './read-state.ts';
import type { RouteQuestion } from './route-question.ts';

export async function gatherInput(cli: Cli, question: RouteQuestion, now: number): Promise<RouteInput> {
  const { paths, env } = cli;
  const [{ config, problems }, fusion, fallback, limits] = await Promise.all([
    loadConfig({ paths, projectDir: question.directory, env }),
    readState(cli, fusionStateSpec(paths.fusionStateFile), NO_FUSION_STATE),
    readState(cli, fallbackStateSpec(paths.fallbackStateFile), NO_FALLBACK),
    readState(cli, providerLimitsSpec(paths.providerLimitsFile), NO_LIMITS),
  ]);
  if (problems.length > 0) cli.output.say(cli.m.route.configProblems(problems.length));
  const untrusted = await untrustedFiles(cli, question.directory, config);
  const minute = minuteOfDay(now, new Date(now).getTimezoneOffset());
  const consents = await consentsIn(
    question.directory,
    await readState(cli, vendorConsentsSpec(paths.consentFile), NO_CONSENTS),
  );
  const { state } = fallback;
  const { budgets } = config;
  const budget = hasBudgets(budgets) ? await judgeOffline(cli, question.agent, budgets, now) : undefined;
  // As the mod of a session would ask.
  const asked = { ...question, via: 'mod', seesRequests: true };
  return assembleInput(asked, {
    config,
    fusion,
    fallback: { active: isActive(state), heldOff: state.manual?.set === 'off' },
    quota: limits.claude,
    reach: { models: null, consents, cheaper: false, trial: false },
    untrusted: untrusted.length > 0,
    budget,
    now,
    minuteOfDay: minute,
  });
}

async function judgeOffline(cli: Cli, agent: string, budgets: Budgets, now: number) {
  const use = await readUseOffline(cli, now);
  const typical = typicalTokens(use.ledger, canonicalAgentName(agent));
  return judgeCall({ budgets, used: { day: usedToday(use), session: null }, typical });
}

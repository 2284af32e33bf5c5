/** Decides as the daemon would, from the configuration and the state files, for those who run no daemon. */
import { fallbackStateSpec, NO_FALLBACK } from '../../adapters/files/fallback-state.ts';
import { fusionStateSpec, NO_FUSION_STATE } from '../../adapters/files/fusion-state.ts';
import { loadConfig } from '../../adapters/files/load-config.ts';
import { NO_LIMITS, providerLimitsSpec } from '../../adapters/files/provider-limits.ts';
import { isActive } from '../../core/fallback/fallback-state.ts';
import { NO_READINGS, type QuotaReadings } from '../../core/quota/reading.ts';
import { type ExplainedRoute, explainRoute } from '../../core/routing/decide-route.ts';
import { type Mode, parseMode } from '../../core/routing/mode.ts';
import type { Cli } from '../cli.ts';
import { readState } from './read-state.ts';
import type { RouteQuestion } from './route-question.ts';

export async function decideOffline(cli: Cli, question: RouteQuestion, now: number): Promise<ExplainedRoute> {
  const { paths, env } = cli;
  const [loaded, fusion, fallback, limits] = await Promise.all([
    loadConfig({ paths, projectDir: question.directory, env }),
    readState(cli, fusionStateSpec(paths.fusionStateFile), NO_FUSION_STATE),
    readState(cli, fallbackStateSpec(paths.fallbackStateFile), NO_FALLBACK),
    readState(cli, providerLimitsSpec(paths.providerLimitsFile), NO_LIMITS),
  ]);
  const { config, problems } = loaded;
  if (problems.length > 0) cli.output.say(cli.m.route.configProblems(problems.length));
  const enabled = config.routing.enabled && fusion.enabled;
  return explainRoute({
    agent: question.agent,
    // The mode below already says what fusionDefault says; here it could only outvote a mode that was asked for.
    rules: { ...config, fusionDefault: false, routing: { ...config.routing, enabled } },
    mode: question.mode ?? modeOf(config.mode, fusion.mode),
    fallback: {
      active: question.fallbackActive ?? isActive(fallback.state),
      heldOff: question.atPercent === undefined && fallback.state.manual?.set === 'off',
    },
    quota: question.atPercent === undefined ? limits.claude : supposed(question.atPercent, now),
    now,
    permissionMode: question.permissionMode,
  });
}

/** The configuration speaks first; where it says nothing, the mode that a command or a script set. */
function modeOf(configured: Mode, inState: string): Mode {
  return configured === 'default' ? (parseMode(inState) ?? 'default') : configured;
}

function supposed(percent: number, now: number): QuotaReadings {
  return { ...NO_READINGS, fiveHour: { percent, resetsAt: null, readAt: now } };
}

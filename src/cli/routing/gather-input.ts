/** Decides as the daemon would, from the configuration and the state files, for those who run no daemon. */
import { fallbackStateSpec, NO_FALLBACK } from '../../adapters/files/fallback-state.ts';
import { fusionStateSpec, NO_FUSION_STATE } from '../../adapters/files/fusion-state.ts';
import { loadConfig } from '../../adapters/files/load-config.ts';
import { NO_LIMITS, providerLimitsSpec } from '../../adapters/files/provider-limits.ts';
import { readStateFile, type StateFileSpec } from '../../adapters/files/state-file.ts';
import { assembleInput } from '../../core/routing/assemble-input.ts';
import type { RouteInput } from '../../core/routing/decide-route.ts';
import { minuteOfDay } from '../../core/rules/minute-of-day.ts';
import type { Cli } from '../cli.ts';
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
  const minute = minuteOfDay(now, new Date(now).getTimezoneOffset());
  const quota = limits.claude;
  return assembleInput(question, { config, fusion, fallback, quota, now, minuteOfDay: minute });
}

async function readState<T>({ output, m }: Cli, spec: StateFileSpec<T>, missing: T): Promise<T> {
  const read = await readStateFile(spec);
  if (read.kind === 'ok') return read.value;
  if (read.kind === 'damaged') output.say(m.route.stateDamaged(spec.file, read.setAside));
  if (read.kind === 'failed') output.say(m.failures.file(read.failure));
  return missing;
}

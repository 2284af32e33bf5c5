/** What the state files say of the fallback, where no daemon runs that could move it. */
import { fallbackStateSpec, NO_FALLBACK } from '../../adapters/files/fallback-state.ts';
import { loadConfig } from '../../adapters/files/load-config.ts';
import { NO_LIMITS, providerLimitsSpec } from '../../adapters/files/provider-limits.ts';
import { describeFallback } from '../../core/fallback/describe-fallback.ts';
import type { FallbackStatus } from '../../protocol/quota.ts';
import type { Cli } from '../cli.ts';
import { readState } from '../routing/read-state.ts';

export async function readFallbackOffline(cli: Cli): Promise<FallbackStatus> {
  const { paths, env } = cli;
  const [{ config }, record, { claude }] = await Promise.all([
    loadConfig({ paths, env }),
    readState(cli, fallbackStateSpec(paths.fallbackStateFile), NO_FALLBACK),
    readState(cli, providerLimitsSpec(paths.providerLimitsFile), NO_LIMITS),
  ]);
  return describeFallback({ ...record, quota: claude, config, now: Date.now() });
}

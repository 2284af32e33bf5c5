// The environment variables that set configuration, for one run or for a whole shell.
import type { ConfigLayer } from '../../core/config/accept-layer.ts';
import { nestValue } from '../../core/config/key-path.ts';
import { settingFromText } from '../../core/config/setting-from-text.ts';
import type { Environment } from './paths.ts';

/** Variable → the setting that it sets. Lists are written with commas between the entries. */
export const ENVIRONMENT_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  OMCM_MODE: ['mode'],
  OMCM_FUSION_DEFAULT: ['fusionDefault'],
  OMCM_THRESHOLD: ['threshold'],
  OMCM_AUTO_HANDOFF: ['autoHandoff'],
  OMCM_LOCALE: ['locale'],
  OMCM_ROUTING_ENABLED: ['routing', 'enabled'],
  OMCM_USAGE_THRESHOLD: ['routing', 'usageThreshold'],
  OMCM_MAX_WORKERS: ['routing', 'maxOpencodeWorkers'],
  OMCM_PREFER_OPENCODE: ['routing', 'preferOpencode'],
  OMCM_PREFER_CLAUDE: ['routing', 'preferClaude'],
  OMCM_AUTO_DELEGATE: ['routing', 'autoDelegate'],
  OMCM_BALANCE: ['routing', 'balance'],
  OMCM_FORCE_MODEL: ['fallback', 'forceModel'],
  OMCM_DELEGATE_WRITES: ['permissions', 'delegateWrites'],
  OMCM_OPENCODE_COMMAND: ['opencode', 'command'],
  OMCM_OPENCODE_TIMEOUT: ['opencode', 'timeout'],
  OMCM_OPENCODE_STALL_TIMEOUT: ['opencode', 'stallTimeout'],
  OMCM_OPENCODE_START_TIMEOUT: ['opencode', 'startTimeout'],
  OMCM_QUIET: ['notifications', 'quietMode'],
  OMCM_IDLE_EXIT_MINUTES: ['daemon', 'idleExitMinutes'],
  OMCM_LOG_LEVEL: ['daemon', 'logLevel'],
};

/** One layer for each variable that is set, so that a problem names the variable. Empty means unset. */
export function environmentLayers(env: Environment): readonly ConfigLayer[] {
  return Object.entries(ENVIRONMENT_SETTINGS).flatMap(([variable, path]) => {
    const text = env[variable];
    return text ? [{ source: variable, value: nestValue(path, settingFromText(path, text)) }] : [];
  });
}

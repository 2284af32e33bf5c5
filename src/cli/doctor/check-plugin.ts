import { isJsonObject } from '../../adapters/files/read-json-object.ts';
import { isNewer } from '../../client/compare-versions.ts';
import { VERSION } from '../../version.ts';
import type { Messages } from '../messages.ts';
import { findPackageRoot } from '../package-root.ts';
import type { ClaudeSetup } from './claude-setup.ts';
import { type Finding, ok, warn } from './finding.ts';

/** A session may load it from a folder as well, which no file tells: so its absence is only worth a warning. */
export function checkPlugin({ plugin, settings }: ClaudeSetup, { doctor }: Messages): Finding {
  if (plugin === null) {
    return warn('plugin', doctor.pluginMissing(), doctor.pluginMissingRemedy(findPackageRoot() ?? '.'));
  }
  const { key, version } = plugin;
  if (isSwitchedOff(key, settings))
    return warn('plugin', doctor.pluginDisabled(key), doctor.pluginDisabledRemedy(key));
  if (version === null || version === VERSION) return ok('plugin', doctor.plugin(version ?? key));
  const remedy = isNewer(version, VERSION) ? doctor.updateRemedy() : doctor.pluginOtherRemedy(key);
  return warn('plugin', doctor.pluginOther(version, VERSION), remedy);
}

/** The strongest file that says anything about it decides. */
function isSwitchedOff(key: string, settings: ClaudeSetup['settings']): boolean {
  const said = settings.flatMap(({ settings: { enabledPlugins } }) =>
    isJsonObject(enabledPlugins) && typeof enabledPlugins[key] === 'boolean' ? [enabledPlugins[key]] : [],
  );
  return said[0] === false;
}

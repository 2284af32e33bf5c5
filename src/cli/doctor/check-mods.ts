import type { Messages } from '../messages.ts';
import type { ClaudeSetup } from './claude-setup.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const ONLY_MANAGED = ['allowManagedHooksOnly', 'allowManagedModsOnly'];

/** As far as files tell: a session may also be started with mods off, or have them switched off from afar. */
export function checkMods({ settings }: ClaudeSetup, { doctor }: Messages): Finding {
  const deciding = settings.find(({ settings: { disableAllHooks } }) => typeof disableAllHooks === 'boolean');
  if (deciding?.settings.disableAllHooks === true) {
    return fail('mods', doctor.modsHooksOff(deciding.file), doctor.modsHooksOffRemedy(deciding.file));
  }
  for (const { file, settings: said } of settings) {
    const setting = ONLY_MANAGED.find((name) => said[name] === true);
    if (setting !== undefined)
      return warn('mods', doctor.modsManaged(setting, file), doctor.modsManagedRemedy());
  }
  return ok('mods', doctor.mods());
}

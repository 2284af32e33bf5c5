/** As a managed machine has it: the classic hooks of plugins run, their mods do not. */
export const MODS_OFF = [
  '--managed-settings',
  JSON.stringify({
    pluginConfigs: { 'cc-plugin-sec-default@builtin': { options: { allowManagedModsOnly: true } } },
  }),
];

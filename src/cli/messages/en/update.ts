export const update = {
  summary: 'tell whether command line, plugin and daemon fit together, and what brings them up to date',
  exampleJson: 'for a script: the versions and the steps; 6 when there is something to do',
  part: { omcm: 'omcm', plugin: 'plugin', daemon: 'daemon', state: 'state files' },
  partColumn: 'part',
  versionColumn: 'version',
  standing: { same: '', older: 'older than this omcm', newer: 'newer than this omcm' },
  from: {
    marketplace: "in Claude Code's clone of the marketplace",
    npm: 'installed by npm',
    clone: 'a clone',
  },
  pluginMissing: () => 'not installed in Claude Code; omcm setup installs it',
  daemonIdle: () => 'not running; it starts when it is needed',
  newerFiles: (files: string) => `A later version wrote these state files, so they are left alone: ${files}`,
  step: (part: string, other: string) => `${part}: older than ${other}. Bring it up to date:`,
  sessions: () => 'A session of Claude Code that runs keeps its plugin until it is started anew.',
  nothing: (command: string) =>
    `Nothing to do: all fit together. Whether there is a later version is not asked; to get it: ${command}`,
};

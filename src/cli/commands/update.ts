/** `omcm update`: do command line, plugin and daemon fit together, and what brings them up to date? */
import type { Cli } from '../cli.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { renderTable } from '../render-table.ts';
import { commandToUpdate } from '../update/installation.ts';
import { planUpdate, standingOf, type UpdateStep, type Versions } from '../update/plan-update.ts';
import { surveyVersions } from '../update/survey-versions.ts';

export const defineUpdate: DefineCommand = (command, cli) => {
  command.action(() => update(cli));
  addExamples(command, cli, [
    ['omcm update', cli.m.update.summary],
    ['omcm update --json', cli.m.update.exampleJson],
  ]);
};

async function update(cli: Cli): Promise<void> {
  const { output, m } = cli;
  const versions = await surveyVersions(cli);
  const steps = planUpdate(versions);
  const newest = commandToUpdate(versions.omcm.installation, versions.omcm.root);
  output.result({ ...versions, steps, newest }, () => render(versions, steps, cli));
  if (steps.length === 0) return output.say(m.update.nothing(newest));
  output.say(m.update.sessions());
  cli.finish('problemsFound');
}

function render(versions: Versions, steps: readonly UpdateStep[], cli: Cli): string {
  const { m, output } = cli;
  const { omcm, plugin, daemon, newerFiles } = versions;
  const standing = (version: string) => m.update.standing[standingOf(version, omcm.version)];
  const head = [m.update.partColumn, m.update.versionColumn, ''];
  const rows = [
    [m.update.part.omcm, omcm.version, `${m.update.from[omcm.installation]}: ${omcm.root}`],
    plugin === null
      ? [m.update.part.plugin, '–', m.update.pluginMissing()]
      : [
          m.update.part.plugin,
          plugin.version ?? '–',
          plugin.version === null ? '' : standing(plugin.version),
        ],
    daemon === null
      ? [m.update.part.daemon, '–', m.update.daemonIdle()]
      : [m.update.part.daemon, daemon.version, standing(daemon.version)],
  ];
  const files = newerFiles.length === 0 ? [] : ['', m.update.newerFiles(newerFiles.join(', '))];
  const told = steps.flatMap(({ id, olderThan, command }) => [
    '',
    m.update.step(m.update.part[id], m.update.part[olderThan]),
    `  ${output.colours.bold(command)}`,
  ]);
  return [renderTable(head, rows), ...files, ...told].join('\n');
}

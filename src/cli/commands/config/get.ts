import { getConfigValue } from '../../../adapters/files/edit-config.ts';
import { settingPaths } from '../../../core/config/config-keys.ts';
import { valueAt } from '../../../core/config/key-path.ts';
import type { Config } from '../../../core/config/schema.ts';
import type { Cli } from '../../cli.ts';
import { type HereOptions, loadHere } from '../../config/load-here.ts';
import { renderValue } from '../../config/render-value.ts';
import { unknownKey } from '../../config/unknown-key.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';
import { addDirectoryOption } from '../../routing-options.ts';

export const defineGet: DefineCommand = (command, cli) => {
  const { config: text } = cli.m;
  addDirectoryOption(command.argument('[key]', text.argumentKey), cli.m);
  command.action((key: string | undefined, options: HereOptions) => get(cli, key, options));
  addExamples(command, cli, [['omcm config get routing.enabled', text.exampleGet]]);
};

async function get(cli: Cli, key: string | undefined, options: HereOptions): Promise<void> {
  const { output, m } = cli;
  const { config, problems } = await loadHere(cli, options);
  if (problems.length > 0) output.say(m.route.configProblems(problems.length));
  if (key === undefined) return output.result(config, () => renderAll(config));
  const found = getConfigValue(config, key);
  if (found.kind === 'unknown-key') throw unknownKey(key, found.suggestion, m);
  if (found.kind === 'unset') output.say(m.config.unset(key));
  const value = found.kind === 'found' ? found.value : null;
  output.result(value, () => (found.kind === 'found' ? renderValue(value) : ''));
}

function renderAll(config: Config): string {
  return settingPaths()
    .filter((path) => path[0] !== '$schema')
    .map((path) => `${path.join('.')} = ${renderValue(valueAt(config, path))}`)
    .join('\n');
}

/** `omcm config …`: the settings, where they come from, and what is wrong with them. */
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { defineCheck } from './config/check.ts';
import { defineGet } from './config/get.ts';
import { definePath } from './config/path.ts';
import { defineSet } from './config/set.ts';

export const defineConfig: DefineCommand = (command, cli) => {
  const { config: text } = cli.m;
  defineGet(command.command('get').description(text.getSummary), cli);
  defineSet(command.command('set').description(text.setSummary), cli);
  definePath(command.command('path').description(text.pathSummary), cli);
  defineCheck(command.command('check').description(text.checkSummary), cli);
  addExamples(command, cli, [
    ['omcm config get mode', text.exampleGet],
    ['omcm config set mode fusion', text.exampleSet],
    ['omcm config check --json', text.exampleCheck],
  ]);
};

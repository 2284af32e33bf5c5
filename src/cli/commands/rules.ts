/** `omcm rules …`: the user's own rules: what is wrong with them, in which order they are asked, and what they say. */
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { defineRulesCheck } from './rules/check.ts';
import { defineRulesList } from './rules/list.ts';
import { defineRulesTest } from './rules/test.ts';

export const defineRules: DefineCommand = (command, cli) => {
  const { rules: text } = cli.m;
  defineRulesList(command.command('list').description(text.listSummary), cli);
  defineRulesCheck(command.command('check').description(text.checkSummary), cli);
  defineRulesTest(command.command('test').description(text.testSummary), cli);
  addExamples(command, cli, [
    ['omcm rules list', text.exampleList],
    ['omcm rules check --json', text.exampleCheck],
    ['omcm rules test --agent explore --at 92', text.exampleTest],
  ]);
};

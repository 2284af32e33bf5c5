import type { RuleDoubt } from '../../../core/rules/find-doubts.ts';

type Doubt = RuleDoubt & { readonly suggestion?: string };

export const rules = {
  summary: 'the rules of your own: list them, check them, see which one speaks for a call',
  listSummary: 'list the rules in the order in which they are asked',
  checkSummary: 'list what is wrong with the rules, and what is hardly meant',
  testSummary: 'tell which rule speaks for a call, and what the others lack',
  exampleList: 'all rules, by priority',
  exampleCheck: 'for a script: exits with 6 when a rule is wrong',
  exampleTest: 'which rule speaks with 92 % of the window spent',
  exampleTime: 'which rule speaks at half past eleven at night',
  optionTime: 'pretend that it is this time of day',
  columns: ['priority', 'rule', 'action', 'when', 'from', 'description'] as readonly string[],
  testColumns: ['priority', 'rule', 'action', 'this call'] as readonly string[],
  origin: (project: boolean): string => (project ? 'project' : 'yours'),
  always: () => 'always',
  off: () => 'off',
  none: () => 'There are no rules; see docs/rules.md.',
  speaks: () => '◄ speaks',
  fitsToo: () => 'fits, but is not asked',
  fails: (conditions: string) => `does not fit: ${conditions}`,
  doubt: (doubt: Doubt): string => {
    switch (doubt.code) {
      case 'same-id':
        return `${doubt.rule}: two rules have this id, so reasons and logs cannot tell them apart.`;
      case 'never-asked':
        return `${doubt.rule}: never asked, because ${doubt.by} fits every call and comes before it.`;
      case 'unknown-agent':
        return `${doubt.rule}: no agent that OMCM knows is called "${doubt.agent}".${doubt.suggestion === undefined ? '' : ` Did you mean ${doubt.suggestion}?`}`;
    }
  },
  checked: (count: number, problems: number, doubts: number): string =>
    `${count === 1 ? '1 rule' : `${count} rules`} in force, ${problems} wrong, ${doubts} doubtful`,
};

/** What the simulated model does in the recorded session: everything that a context is made from, and its failures. */
import type { Answer, ToolUse } from '../../src/simulation/answer.ts';

export const FIRST_PROMPT =
  'Make the till speak euros: a sign, a total line, a test.\nGoal: receipts that a shop can print\n가격은 절대 소수로 저장하지 마.';

export const TOOLS = ['Read', 'Edit', 'Write', 'Task', 'Agent', 'TaskCreate', 'TaskUpdate'];

export const SUMMARY = '<summary>\n1. Primary Request and Intent:\n   Euro amounts in the till.\n</summary>';

export function workSteps(project: string): readonly Answer[] {
  const file = (name: string) => `${project}/${name}`;
  const sign = "const sign = cents < 0 ? '-' : '';";
  return [
    {
      text: 'Decision: amounts stay integers in cents.\nI read the code first.',
      toolUses: ['src/money.js', 'missing.txt'].map((name) => use('Read', { file_path: file(name) })),
    },
    {
      toolUses: [
        task('Format euros with a sign', 'in src/money.js'),
        task('영수증에 합계 줄 추가', 'src/receipt.js'),
        task('Test the receipt', 'test/receipt.test.js'),
        use('TodoWrite', { todos: [{ content: 'Old list', status: 'pending', activeForm: 'x' }] }),
      ],
    },
    {
      toolUses: [
        use('TaskUpdate', { taskId: '1', status: 'in_progress' }),
        use('Edit', {
          file_path: file('src/money.js'),
          old_string: sign,
          new_string: sign.replace("'-'", "'−'"),
        }),
        use('Edit', { file_path: file('src/money.js'), old_string: 'not there at all', new_string: 'x' }),
      ],
    },
    {
      text: 'We decided to use a real minus sign instead of a hyphen. Next comes the total line.',
      toolUses: [
        use('TaskUpdate', { taskId: '1', status: 'completed' }),
        use('TaskUpdate', { taskId: '2', status: 'in_progress' }),
        use('Write', { file_path: file('src/euro.js'), content: 'export const EURO = "€";\n' }),
        use('Agent', {
          description: 'look for callers',
          prompt: 'Find all callers of formatCents.',
          subagent_type: 'Explore',
          run_in_background: false,
        }),
      ],
    },
    { text: 'The sign is done, the total line is next.' },
  ];
}

export const QUESTION = 'Which store shall the receipts have?';

export const ASKING_STEPS: readonly Answer[] = [
  {
    toolUses: [
      use('AskUserQuestion', {
        questions: [
          {
            question: QUESTION,
            header: 'Store',
            multiSelect: false,
            options: [
              { label: 'SQLite', description: 'one file' },
              { label: 'JSON', description: 'readable' },
            ],
          },
        ],
      }),
    ],
  },
  { text: 'So be it.' },
];

function use(name: string, input: ToolUse['input']): ToolUse {
  return { name, input };
}

function task(subject: string, description: string): ToolUse {
  return use('TaskCreate', { subject, description });
}

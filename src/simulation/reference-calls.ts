// What the reference workload's conductor hands out, and what each of its subagents does and reports.

import type { WorkStep } from './scripted-work.ts';

export interface ReferenceCall {
  readonly agent: string;
  readonly description: string;
  readonly prompt: string;
  readonly steps: readonly WorkStep[];
  readonly report: string;
}

const receiptGuide = `# The receipt

\`renderReceipt(basket)\` returns text: one line for each item with its price, then the total.

\`\`\`js
renderReceipt({ items: [{ name: 'tea', cents: 250, count: 2 }] });
// tea 2.50
// total 5.00
\`\`\`
`;

export const referenceRounds: readonly (readonly ReferenceCall[])[] = [
  [
    {
      agent: 'oh-my-claudecode:explore',
      description: 'Find where amounts are computed',
      prompt: 'Where in this project are amounts of money computed and formatted? Name files and functions.',
      steps: reads('README.md', 'src/money.js', 'src/basket.js', 'src/receipt.js', 'test/basket.test.js'),
      report: `Amounts are cents throughout.
- src/basket.js, totalCents: the only sum; multiplies cents by count, which defaults to 1
- src/money.js, formatCents: the only formatting; sign, whole part, two digits
- src/receipt.js, renderReceipt: uses both; the item line formats item.cents without its count
- test/basket.test.js covers totalCents only`,
    },
    {
      agent: 'oh-my-claudecode:architect',
      description: 'Judge the structure',
      prompt: 'Is the split into basket, money and receipt right for a second currency? Advise.',
      steps: reads('package.json', 'src/money.js', 'src/basket.js', 'src/receipt.js'),
      report: `The split holds; the unit does not. A basket of bare cents cannot tell two currencies apart.
Decision: make an amount a value {cents, currency} in money.js, and let totalCents refuse mixed baskets.
Alternative: one currency for the basket as a whole: smaller, and enough as long as no item is priced abroad.
Recommended: the alternative now. It changes emptyBasket and formatCents, and nothing else.`,
    },
    {
      agent: 'oh-my-claudecode:researcher',
      description: 'Collect the rules on rounding',
      prompt: 'Which rounding rules does this project document or assume for amounts of money?',
      steps: reads('README.md', 'src/money.js', 'test/basket.test.js'),
      report: `Documented: prices are in cents (README.md). Nothing is said on rounding.
Assumed: amounts are whole numbers. formatCents takes Math.floor of cents / 100 and cents % 100, so 250.5 would print
as 2.50.5. No test passes a fraction.
Generally known: tills round the total, not the items, where the smallest coin is above one cent.`,
    },
    {
      agent: 'oh-my-claudecode:planner',
      description: 'Plan the first release',
      prompt: 'Plan the work that is left until this till can be released as version 1.0.',
      steps: reads('README.md', 'package.json', 'src/receipt.js'),
      report: `1. src/receipt.js: print the count and the price of the line. Seen by: a test with two teas.
2. src/money.js: refuse fractions of a cent. Seen by: a test with 250.5.
3. docs/receipt.md: describe the receipt. Seen by: its example runs.
4. Release 1.0.0.
Open question: does a basket with a negative total print a receipt?`,
    },
  ],
  [
    {
      agent: 'oh-my-claudecode:explore-high',
      description: 'Trace a wrong receipt line',
      prompt:
        'Two teas at 2.50 each print as one line of 2.50, with a total of 5.00. Trace how that comes about.',
      steps: reads(
        'package.json',
        'src/receipt.js',
        'src/basket.js',
        'src/money.js',
        'test/basket.test.js',
        'README.md',
      ),
      report: `1. src/receipt.js line 5: each item becomes its name and formatCents(item.cents); count is not read
2. src/basket.js line 10: totalCents multiplies by count
3. src/money.js line 1: formats what it is given
The line shows the price of one, the total the price of all. The test covers the total only, so nothing fails.`,
    },
    {
      agent: 'oh-my-claudecode:writer',
      description: 'Document the receipt',
      prompt: 'Write docs/receipt.md: what renderReceipt prints, with one example that is true of the code.',
      steps: [
        ...reads('src/receipt.js', 'src/money.js'),
        { kind: 'write', path: 'docs/receipt.md', text: receiptGuide },
      ],
      report: 'docs/receipt.md says what renderReceipt returns and shows one basket with two teas.',
    },
  ],
  [
    {
      agent: 'oh-my-claudecode:code-reviewer',
      description: 'Review the till',
      prompt: 'Review src/ for wrong results. Severity, file, input and smallest fix for each finding.',
      steps: reads('src/money.js', 'src/basket.js', 'src/receipt.js', 'test/basket.test.js'),
      report: `Medium, src/receipt.js line 5: an item with count 2 prints the price of one. Fix: multiply by item.count ?? 1.
Low, src/money.js line 4: 250.5 prints as 2.50.5. Fix: refuse what is not a whole number.
Checked without findings: negative amounts, the empty basket, count 0.`,
    },
  ],
];

function reads(...paths: readonly string[]): readonly WorkStep[] {
  return paths.map((path) => ({ kind: 'read', path }));
}

// The small git project that the simulated sessions work in.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const files: Readonly<Record<string, string>> = {
  'README.md': `# Till

A tiny till: prices in cents, a basket, a receipt.

- \`src/money.js\` formats amounts
- \`src/basket.js\` adds up what was bought
- \`src/receipt.js\` prints it
`,
  'package.json': `${JSON.stringify({ name: 'till', version: '1.0.0', type: 'module', private: true }, null, 2)}\n`,
  'src/money.js': `export function formatCents(cents) {
  const sign = cents < 0 ? '-' : '';
  const amount = Math.abs(cents);
  return \`\${sign}\${Math.floor(amount / 100)}.\${String(amount % 100).padStart(2, '0')}\`;
}
`,
  'src/basket.js': `export function emptyBasket() {
  return { items: [] };
}

export function addItem(basket, item) {
  return { items: [...basket.items, item] };
}

export function totalCents(basket) {
  return basket.items.reduce((sum, item) => sum + item.cents * (item.count ?? 1), 0);
}
`,
  'src/receipt.js': `import { totalCents } from './basket.js';
import { formatCents } from './money.js';

export function renderReceipt(basket) {
  const lines = basket.items.map((item) => \`\${item.name} \${formatCents(item.cents)}\`);
  return [...lines, \`total \${formatCents(totalCents(basket))}\`].join('\\n');
}
`,
  'test/basket.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addItem, emptyBasket, totalCents } from '../src/basket.js';

test('counts an item as often as it was bought', () => {
  const basket = addItem(emptyBasket(), { name: 'tea', cents: 250, count: 2 });
  assert.equal(totalCents(basket), 500);
});
`,
};

export function writeSampleProject(directory: string, env: NodeJS.ProcessEnv): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: directory, env, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Till');
  git('config', 'user.email', 'till@example.invalid');
  git('add', '--all');
  git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'Start the till');
}

// The command that README.md tells people to type. `node scripts/readme-command.mjs test` prints the test command
// for a clone that is already there; README marks it with <!-- test-command -->, the demo with <!-- demo-command -->.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CLONE = /^git clone \S+(?: \S+)? && cd \S+ && /;

/**
 * @param {string} markdown
 * @param {string} name 'test' or 'demo'
 */
export function readCommand(markdown, name) {
  const fence = new RegExp(`<!-- ${name}-command -->\\s*\`\`\`[a-z]*\\n([^]*?)\\n\`\`\``);
  const command = markdown.match(fence)?.[1]?.trim();
  if (!command) throw new Error(`README.md has no code fence after <!-- ${name}-command -->`);
  return command;
}

/** @param {string} command */
export function withoutClone(command) {
  return command.replaceAll(/\\\n\s*/g, '').replace(CLONE, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  console.log(withoutClone(readCommand(readme, process.argv[2] ?? 'test')));
}

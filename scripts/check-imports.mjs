// Does every import go down? `node scripts/check-imports.mjs [folder]` checks the house standing in that folder.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';
import { ENTRIES } from './build/bundles.mjs';

const root = resolve(process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url))));
const folders = ['src', 'test', 'bench', 'scripts'].filter((folder) => existsSync(join(root, folder)));

const { summary, modules } = await cruiseFolders();
const seen = new Set(modules.map(({ source }) => source));
const problems = [...(await findUnseen()), ...summary.violations.map(describe)];

for (const problem of problems) console.error(problem);
console.log(`${problems.length} problems in ${seen.size} modules`);
if (problems.length > 0) process.exitCode = 1;

async function cruiseFolders() {
  if (folders.length === 0) return { summary: { violations: [] }, modules: [] };
  const { output } = await cruise(folders, {
    ...config.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  });
  return output;
}

/** A cruise that cannot read TypeScript sees nothing, finds nothing wrong and calls that a success. */
async function findUnseen() {
  const files = await Promise.all(folders.map((folder) => listSources(join(root, folder))));
  const expected = [...new Set([...ENTRIES, ...files.flat()])];
  return expected
    .filter((path) => !seen.has(path))
    .map((path) => (existsSync(join(root, path)) ? `not seen: ${path}` : `entry is missing: ${path}`));
}

async function listSources(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function describe({ rule, from, to, cycle = [] }) {
  const path = cycle.length > 0 ? [from, ...cycle.map(({ name }) => name)] : [...new Set([from, to])];
  const { comment } = config.forbidden.find(({ name }) => name === rule.name);
  return `${rule.name}: ${path.join(' → ')}\n  ${comment}`;
}

// The branch that Claude Code installs from, where nothing has to be built: what the npm package holds, as one commit
// after the last release. `npm run release` builds and writes it into this clone; `git push REMOTE release` publishes.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeRelease } from './release/write-release.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { into: { type: 'string', default: root }, branch: { type: 'string', default: 'release' } },
});
const { into, branch } = values;

try {
  const { kind, version, commit } = await writeRelease({ root, into, branch });
  console.log(`${branch} ${kind === 'written' ? 'is now' : 'is already'} ${version}: ${commit}`);
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}

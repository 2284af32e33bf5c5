// Commits the files of the package to a branch without touching a working tree or its index.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Without these the plugin, or its command line, does not start. */
const NEEDED = [
  '.claude-plugin/marketplace.json',
  'plugin/dist/register.js',
  'plugin/dist/omcmd.js',
  'dist/cli.js',
];

/**
 * @param {{ root: string, into: string, branch: string }} options `into`: the repository that gets the branch
 * @returns {Promise<{ kind: 'written' | 'unchanged', version: string, commit: string }>}
 */
export async function writeRelease({ root, into, branch }) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const paths = await packedFiles(root);
  const missing = NEEDED.filter((path) => !paths.includes(path));
  if (missing.length > 0) throw new Error(`not built: ${missing.join(', ')}; run npm run build`);
  const scratch = await mkdtemp(join(tmpdir(), 'omcm-release-'));
  try {
    const git = gitIn(resolve(into), join(scratch, 'index'));
    const last = await lastRelease(git, branch);
    const tree = await writeTree(git, root, paths);
    if (tree === last?.tree) return { kind: 'unchanged', version, commit: last.commit };
    // Claude Code tells by the version whether there is anything to update.
    if (last?.version === version)
      throw new Error(`${version} is released already, with other files; raise the version first`);
    const parents = last === null ? [] : ['-p', last.commit];
    const message = `OMCM ${version}, built from ${await sourceOf(root)}`;
    const commit = await git(['commit-tree', tree, ...parents, '-m', message]);
    await git(['update-ref', `refs/heads/${branch}`, commit, last?.commit ?? '']);
    return { kind: 'written', version, commit };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function gitIn(repository, index) {
  const env = { ...process.env, GIT_INDEX_FILE: index };
  return async (args, input) => {
    const running = exec('git', ['-C', repository, ...args], { env, maxBuffer: 64 * 1024 * 1024 });
    // A git that reads nothing may have gone before this.
    running.child.stdin.on('error', () => {}).end(input ?? '');
    return (await running).stdout.trim();
  };
}

async function packedFiles(root) {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await exec('npm', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  const [{ files }] = JSON.parse(stdout);
  return files.map(({ path }) => path).sort();
}

async function lastRelease(git, branch) {
  const commit = await git(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]).catch(() => '');
  if (commit === '') return null;
  const tree = await git(['rev-parse', `${commit}^{tree}`]);
  const { version } = JSON.parse(await git(['show', `${commit}:package.json`]));
  return { commit, tree, version };
}

async function writeTree(git, root, paths) {
  const places = paths.map((path) => `${join(root, path)}\n`).join('');
  const blobs = (await git(['hash-object', '-w', '--no-filters', '--stdin-paths'], places)).split('\n');
  const modes = await Promise.all(paths.map((path) => modeOf(join(root, path))));
  const lines = paths.map((path, index) => `${modes[index]} ${blobs[index]}\t${path}\n`);
  await git(['update-index', '--add', '--index-info'], lines.join(''));
  return git(['write-tree']);
}

/** By what is in it: npm and some file systems lose the bit. */
async function modeOf(path) {
  return (await readFile(path, 'utf8')).startsWith('#!') ? '100755' : '100644';
}

async function sourceOf(root) {
  const args = ['-C', root, 'describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'];
  return exec('git', args).then(
    ({ stdout }) => stdout.trim(),
    () => 'an unknown state',
  );
}

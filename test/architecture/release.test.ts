import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeRelease } from '../../scripts/release/write-release.mjs';

const exec = promisify(execFile);

const BUILT = ['plugin/dist/register.js', 'plugin/dist/omcmd.js', 'dist/cli.js'];

type Project = {
  readonly write: (path: string, text: string) => void;
  readonly remove: (path: string) => void;
  readonly raise: (version: string) => void;
  readonly release: () => ReturnType<typeof writeRelease>;
  readonly git: (...args: readonly string[]) => Promise<string>;
};

/** A package that looks like ours, and a repository that gets its releases. */
async function useProject(): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'omcm-release-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [root, into] = [join(folder, 'package'), join(folder, 'host.git')];
  await exec('git', ['init', '--quiet', '--bare', into]);
  await exec('git', ['-C', into, 'config', 'user.name', 'OMCM']);
  await exec('git', ['-C', into, 'config', 'user.email', 'omcm@example.com']);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const raise = (version: string) =>
    write(
      'package.json',
      JSON.stringify({ name: 'p', version, files: ['dist', 'plugin', '.claude-plugin', '!plugin/secret'] }),
    );
  raise('1.0.0');
  write('.claude-plugin/marketplace.json', '{}');
  for (const path of BUILT) write(path, 'built');
  write('plugin/bin/tool', '#!/bin/sh\n');
  write('plugin/secret', 'not of the package');
  return {
    write,
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    raise,
    release: () => writeRelease({ root, into, branch: 'release' }),
    git: async (...args) => (await exec('git', ['-C', into, ...args])).stdout.trim(),
  };
}

describe('a release', () => {
  it('holds the files of the package, those that are built too, and which of them are programs', async () => {
    const project = await useProject();
    expect(await project.release()).toMatchObject({ kind: 'written', version: '1.0.0' });
    const listed = await project.git('ls-tree', '-r', '--format=%(objectmode) %(path)', 'release');
    expect(listed.split('\n').sort()).toEqual(
      [
        '100644 .claude-plugin/marketplace.json',
        ...BUILT.map((path) => `100644 ${path}`),
        '100644 package.json',
        '100755 plugin/bin/tool',
      ].sort(),
    );
  });

  it('stands on the one before it', async () => {
    const project = await useProject();
    const first = await project.release();
    project.raise('1.1.0');
    const second = await project.release();
    expect(await project.git('rev-parse', 'release')).toBe(second.commit);
    expect(await project.git('rev-parse', 'release^')).toBe(first.commit);
  });

  it('is not written again where nothing has changed', async () => {
    const project = await useProject();
    const first = await project.release();
    expect(await project.release()).toEqual({ ...first, kind: 'unchanged' });
  });

  it('of the same version with other files is refused, since nobody would be updated', async () => {
    const project = await useProject();
    const { commit } = await project.release();
    project.write('dist/cli.js', 'another');
    await expect(project.release()).rejects.toThrow('1.0.0 is released already');
    expect(await project.git('rev-parse', 'release')).toBe(commit);
  });

  it('of something that is not built is refused', async () => {
    const project = await useProject();
    project.remove('dist');
    await expect(project.release()).rejects.toThrow('not built: dist/cli.js');
  });
});

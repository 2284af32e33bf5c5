import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findUnlocked } from '../../scripts/complete-lockfile.mjs';

const MEGABYTE = 1024 * 1024;
const BUILT =
  /^(dist|plugin\/dist|coverage|reports)\/|(^|\/)node_modules\/|(^|\/)\.claude-plugin\/types\/|\.tgz$/;

const manifest = readJson('package.json');

describe('the package', () => {
  it('explains every dependency in docs/dependencies.md, and no others', () => {
    const explained = readFileSync('docs/dependencies.md', 'utf8').match(/^\| `[^`]+`/gm) ?? [];
    const names = explained.map((cell) => cell.slice(3, -1)).sort();
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort();
    expect(names).toEqual(declared);
  });

  it('pins every dependency to one version', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(ranges.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('has the version that the plugin and the changelog have', () => {
    expect(readJson('plugin/.claude-plugin/plugin.json').version).toBe(manifest.version);
    expect(readFileSync('CHANGELOG.md', 'utf8')).toMatch(new RegExp(`^## \\[${manifest.version}\\]`, 'm'));
  });
});

describe('the lock file', () => {
  it('names the packages of every platform, without which npm ci refuses it', () => {
    expect(findUnlocked(JSON.parse(readFileSync('package-lock.json', 'utf8')))).toEqual([]);
  });

  it('would be caught without one of them', () => {
    const packages = {
      'node_modules/a': { dev: true, optionalDependencies: { 'a-linux': '1.0.0', 'a-win32': '1.0.0' } },
    };
    const lock = { packages: { ...packages, 'node_modules/a-linux': {} } };
    expect(findUnlocked(lock)).toEqual([{ name: 'a-win32', version: '1.0.0', dev: true }]);
  });
});

describe('the repository', () => {
  const files = listRepository();

  it('holds its sources', () => {
    expect(files).toContain('package.json');
    expect(files).toContain('src/version.ts');
  });

  it('holds no file over 1 MB', () => {
    expect(files.filter((file) => statSync(file).size > MEGABYTE)).toEqual([]);
  });

  it('holds nothing that is built', () => {
    expect(files.filter((file) => BUILT.test(file))).toEqual([]);
  });
});

/** What is committed and what the next commit would take in. */
function listRepository(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', args, { encoding: 'utf8' }).split('\0');
  return paths.filter((path) => path !== '' && existsSync(path));
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function readJson(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8'));
}

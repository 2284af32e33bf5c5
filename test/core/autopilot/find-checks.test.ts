import { describe, expect, it } from 'vitest';
import { findChecks } from '../../../src/core/autopilot/find-checks.ts';

const pack = (scripts: unknown) => JSON.stringify({ scripts });

function checksOf(texts: Record<string, string>, ...others: readonly string[]): readonly string[] {
  return findChecks({ names: [...Object.keys(texts), ...others], texts });
}

describe('the checks of a project', () => {
  it('are the scripts of its package that check, quick ones first', () => {
    const scripts = { test: 'vitest', build: 'tsc -b', lint: 'eslint .', typecheck: 'tsc --noEmit' };
    expect(checksOf({ 'package.json': pack(scripts) })).toEqual([
      'npm run typecheck',
      'npm run lint',
      'npm run test',
    ]);
  });

  it.each([
    ['pnpm-lock.yaml', 'pnpm run test'],
    ['yarn.lock', 'yarn run test'],
    ['bun.lock', 'bun run test'],
    ['package-lock.json', 'npm run test'],
  ])('are run by whose lock file is there: %s', (lockFile, check) => {
    expect(checksOf({ 'package.json': pack({ test: 'x' }) }, lockFile)).toEqual([check]);
  });

  it('leave out a script that another one runs', () => {
    const scripts = {
      lint: 'eslint',
      check: 'npm run lint && tsc',
      test: 'npm run --silent check && vitest',
    };
    expect(checksOf({ 'package.json': pack(scripts) })).toEqual(['npm run test']);
  });

  it('keep a script whose name only begins like one that another runs', () => {
    const scripts = { lint: 'eslint', check: 'npm run lint:styles' };
    expect(checksOf({ 'package.json': pack(scripts) })).toEqual(['npm run lint', 'npm run check']);
  });

  it('are not the test that npm init writes', () => {
    expect(checksOf({ 'package.json': pack({ test: 'echo "Error: no test specified" && exit 1' }) })).toEqual(
      [],
    );
  });

  it.each([
    ['its Makefile', { Makefile: 'all: x\n\tcc\n\ntest: all\n\t./t\n' }, [], ['make test']],
    ['one target that has them all', { Makefile: 'test:\ncheck: test\n' }, [], ['make check']],
    ['Cargo', {}, ['Cargo.toml'], ['cargo test']],
    ['Go', {}, ['go.mod'], ['go test ./...']],
    ['pytest', { 'pyproject.toml': '[tool.pytest.ini_options]' }, [], ['python -m pytest']],
    ['nothing', { Makefile: 'test := yes\n', 'pyproject.toml': '[project]' }, ['README.md'], []],
  ])('come from %s', (_what, texts, others, checks) => {
    expect(checksOf(texts as Record<string, string>, ...others)).toEqual(checks);
  });

  it.each(['', '{', '[]', '{"scripts":7}', '{"scripts":{"test":1}}', 'null'])(
    'are not found in a broken package: %s',
    (text) => {
      expect(checksOf({ 'package.json': text })).toEqual([]);
    },
  );
});

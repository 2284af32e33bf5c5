import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findProjectFiles,
  type ProjectFile,
  withoutTrust,
} from '../../../src/adapters/files/trusted-folders.ts';
import { makeTempFolder } from './temp-folder.ts';

type World = {
  readonly home: string;
  readonly project: string;
  readonly find: () => Promise<readonly string[]>;
};

async function useWorld(): Promise<World> {
  const root = await makeTempFolder();
  const home = join(root, 'home');
  const project = join(home, 'work', 'repository', 'packages', 'one');
  mkdirSync(project, { recursive: true });
  const paths = { userConfigFile: join(home, '.omcm', 'config.json') };
  const find = async () => (await findProjectFiles({ directory: project, paths, home })).map(nameOf);
  const nameOf = ({ folder, name }: ProjectFile) => join(folder, name).slice(root.length + 1);
  return { home, project, find };
}

function put(...path: readonly string[]): void {
  const file = join(...path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '{}');
}

describe('what a project brings', () => {
  it('is nothing in an ordinary one', async () => {
    const { project, find } = await useWorld();
    put(project, 'package.json');
    put(project, '.omcm', 'handoff', 'context.md');
    put(project, '.claude', 'settings.json');
    expect(await find()).toEqual([]);
  });

  it.each([['.opencode', 'plugin', 'x.js'], ['opencode.json'], ['opencode.jsonc'], ['.omcm', 'config.yaml']])(
    'is %s',
    async (...path) => {
      const { project, find } = await useWorld();
      put(project, ...path);
      expect(await find()).toHaveLength(1);
    },
  );

  it('is also what lies above it, in the repository or outside of it', async () => {
    const { home, find } = await useWorld();
    put(home, 'work', 'opencode.json');
    put(home, 'work', 'repository', '.opencode', 'tool', 'x.ts');
    expect(await find()).toEqual(['home/work/repository/.opencode', 'home/work/opencode.json']);
  });

  it("is not the user's own, in his home", async () => {
    const { home, find } = await useWorld();
    put(home, '.opencode', 'plugin', 'mine.js');
    put(home, 'opencode.json');
    put(home, '.config', 'opencode', 'opencode.json');
    put(home, '.omcm', 'config.json');
    expect(await find()).toEqual([]);
  });

  it('is what lies at the end of a link', async () => {
    const { home, project } = await useWorld();
    put(project, 'opencode.json');
    const link = join(home, 'link');
    symlinkSync(project, link);
    const paths = { userConfigFile: join(home, '.omcm', 'config.json') };
    expect(await findProjectFiles({ directory: link, paths, home })).toContainEqual({
      folder: project,
      name: 'opencode.json',
    });
  });
});

describe('trust in a folder', () => {
  const file = (folder: string): ProjectFile => ({ folder, name: 'opencode.json' });
  const trusted = [{ folder: '/work/a', since: null }];

  it('holds for what lies in it and beneath it, and for nothing else', () => {
    expect(withoutTrust([file('/work/a'), file('/work/a/b/c')], trusted)).toEqual([]);
    for (const folder of ['/work', '/work/ab', '/work/a..', '/'])
      expect(withoutTrust([file(folder)], trusted)).toEqual([file(folder)]);
  });
});

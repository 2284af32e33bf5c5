import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type AgentPlaces,
  findAgentDefinition,
} from '../../../src/adapters/claude-code/find-agent-definition.ts';

type Places = AgentPlaces & {
  readonly root: string;
  readonly write: (path: string, content: string | object) => string;
  readonly find: (agent: string) => Promise<string | undefined>;
};

/** A user's folder, a project some folders deep, and a plugin that the session was started with. */
function usePlaces(): Places {
  const root = mkdtempSync(join(tmpdir(), 'omcm agents 한글 '));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const places = {
    claudeDir: join(root, '.claude'),
    projectDir: join(root, 'work', 'project', 'packages', 'one'),
    pluginDirs: [join(root, 'given-plugin')],
  };
  const write: Places['write'] = (path, content) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  mkdirSync(places.projectDir, { recursive: true });
  write('given-plugin/.claude-plugin/plugin.json', { name: 'given' });
  return {
    ...places,
    root,
    write,
    find: async (agent) => (await findAgentDefinition(agent, places))?.instructions,
  };
}

const named = (name: string, instructions: string) => `---\nname: ${name}\n---\n${instructions}\n`;

describe('an agent with a bare name', () => {
  it("is the nearest project's, and then the user's", async () => {
    const { write, find } = usePlaces();
    write('.claude/agents/a.md', named('scout', 'of the user'));
    expect(await find('scout')).toBe('of the user');
    write('work/.claude/agents/a.md', named('scout', 'of the folder above'));
    expect(await find('scout')).toBe('of the folder above');
    write('work/project/packages/one/.claude/agents/a.md', named('scout', 'of the project'));
    expect(await find('scout')).toBe('of the project');
  });

  it('is found by its name, whatever its file is called, and in folders of folders', async () => {
    const { write, find } = usePlaces();
    write('.claude/agents/team/deep/x.md', named('scout', 'deep'));
    write('.claude/agents/scout.md', named('other', 'not this one'));
    expect(await find('scout')).toBe('deep');
  });

  it('is named by its file where nothing else names it', async () => {
    const { write, find } = usePlaces();
    write('.claude/agents/scout.md', 'No head.');
    expect(await find('scout')).toBe('No head.');
  });

  it('is not found where it says nothing, is no Markdown, or is not there', async () => {
    const { write, find } = usePlaces();
    write('.claude/agents/empty.md', named('scout', ''));
    write('.claude/agents/scout.txt', named('scout', 'text'));
    expect(await find('scout')).toBeUndefined();
    expect(await find('Explore')).toBeUndefined();
  });

  it('is not the agent of a plugin', async () => {
    const { write, find } = usePlaces();
    write('given-plugin/agents/scout.md', named('scout', 'of the plugin'));
    expect(await find('scout')).toBeUndefined();
  });
});

describe('an agent of a plugin', () => {
  const installed = (places: Places, key: string, folder: string) =>
    places.write('.claude/plugins/installed_plugins.json', {
      version: 2,
      plugins: { [key]: [{ scope: 'user', installPath: join(places.root, folder) }] },
    });

  it('is found in the folder that the session was started with', async () => {
    const { write, find } = usePlaces();
    write('given-plugin/agents/scout.md', named('scout', 'of the given plugin'));
    expect(await find('given:scout')).toBe('of the given plugin');
  });

  it('is found among the installed plugins, with its folder within the plugin or without', async () => {
    const places = usePlaces();
    installed(places, 'omc@market', 'cache/omc');
    places.write('cache/omc/agents/deep/scout.md', named('scout', 'of the installed plugin'));
    expect(await places.find('omc:scout')).toBe('of the installed plugin');
    expect(await places.find('omc:deep:scout')).toBe('of the installed plugin');
  });

  it('is the given one before the installed one', async () => {
    const places = usePlaces();
    installed(places, 'given@market', 'cache/given');
    places.write('cache/given/agents/scout.md', named('scout', 'installed'));
    expect(await places.find('given:scout')).toBe('installed');
    places.write('given-plugin/agents/scout.md', named('scout', 'given'));
    expect(await places.find('given:scout')).toBe('given');
  });

  it('is not that of a plugin whose name only begins the same', async () => {
    const places = usePlaces();
    installed(places, 'omc-extra@market', 'cache/extra');
    places.write('cache/extra/agents/scout.md', named('scout', 'of another'));
    expect(await places.find('omc:scout')).toBeUndefined();
  });

  it.each([
    'not JSON',
    '[]',
    'null',
    '{}',
    '{"plugins":5}',
    '{"plugins":{"omc@m":null}}',
    '{"plugins":{"omc@m":[null,{"installPath":7}]}}',
  ])('is not found, and nothing breaks, where the list of plugins is %s', async (content) => {
    const { write, find } = usePlaces();
    write('.claude/plugins/installed_plugins.json', content);
    expect(await find('omc:scout')).toBeUndefined();
  });

  it('is not found where the manifest of a given folder makes no sense', async () => {
    const { write, find } = usePlaces();
    write('given-plugin/agents/scout.md', named('scout', 'x'));
    write('given-plugin/.claude-plugin/plugin.json', '{"name": 5}');
    expect(await find('given:scout')).toBeUndefined();
  });
});

describe('a name that looks like a path', () => {
  it.each([
    '../secret',
    '../../secret',
    'x/../../secret',
    '/etc/passwd',
    '..',
    '.',
    '',
    '..\\secret',
    'given:../secret',
    'given:../../secret',
    'given:',
    ':secret',
    '../given-plugin:secret',
    '..:secret',
    'secret\u0000',
  ])('reads nothing outside the folders of agents: %j', async (agent) => {
    const { write, find } = usePlaces();
    for (const place of ['.claude', 'given-plugin', 'work/project/packages/one', 'work', '.']) {
      write(`${place}/secret.md`, named('secret', 'outside'));
      write(`${place}/passwd.md`, 'outside');
    }
    write('.claude/agents/inside.md', named('inside', 'inside'));
    write('given-plugin/agents/inside.md', named('inside', 'inside'));
    expect(await find(agent)).toBeUndefined();
  });

  it('is followed nowhere by a link', async () => {
    const { root, write, find } = usePlaces();
    write('secret.md', named('secret', 'outside'));
    mkdirSync(join(root, '.claude', 'agents'), { recursive: true });
    symlinkSync(join(root, 'secret.md'), join(root, '.claude', 'agents', 'secret.md'));
    expect(await find('secret')).toBeUndefined();
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

type Shown = {
  readonly agents: readonly {
    readonly name: string;
    readonly source: string;
    readonly now: { readonly route: boolean; readonly reason: string };
    readonly routedIn: readonly string[];
  }[];
  readonly coverage: { readonly unknown: readonly string[]; readonly situations: Record<string, number> };
};

/** A Claude Code with a plugin that is on, one that is off, an agent of its user and two of the project. */
function useAgents(): CliHome {
  const home = useCli(cli, { config: { mode: 'save-tokens' } });
  const claude = join(home.home, '.claude');
  const place = (name: string) => [{ scope: 'user', installPath: join(home.home, name) }];
  put(join(claude, 'plugins', 'installed_plugins.json'), {
    version: 2,
    plugins: { 'oh-my-claudecode@omc': place('omc'), 'off@x': place('off') },
  });
  put(join(claude, 'settings.json'), { enabledPlugins: { 'oh-my-claudecode@omc': true, 'off@x': false } });
  put(join(home.home, 'omc', 'agents', 'architect.md'), '---\nname: architect\n---\nAdvise.');
  put(join(home.home, 'omc', 'agents', 'more', 'writer.md'), '---\nname: writer\n---\nWrite.');
  put(join(home.home, 'off', 'agents', 'gone.md'), '---\nname: gone\n---\nNever.');
  put(join(claude, 'agents', 'mine.md'), '---\nname: mine\n---\nMine.');
  put(join(home.projectDir, '.claude', 'agents', 'explore.md'), '---\nname: explore\n---\nLook.');
  return home;
}

function put(file: string, content: string | object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

describe('omcm agents', () => {
  it('finds those of Claude Code, of plugins that are on, of the user and of the project', async () => {
    const { agents } = (await useAgents().json(['agents'])) as Shown;
    const found = Object.fromEntries(agents.map(({ name, source }) => [name, source]));
    expect(found).toEqual({
      claude: 'built-in',
      Explore: 'built-in',
      'general-purpose': 'built-in',
      Plan: 'built-in',
      'statusline-setup': 'built-in',
      'oh-my-claudecode:architect': 'plugin',
      'oh-my-claudecode:more:writer': 'plugin',
      mine: 'user',
      explore: 'project',
    });
  });

  it('tells where each goes now, and in which modes it leaves Claude', async () => {
    const { agents } = (await useAgents().json(['agents'])) as Shown;
    const of = (name: string) => agents.find((agent) => agent.name === name);
    expect(of('explore')).toMatchObject({
      now: { route: true, reason: 'token-saving-agent-explore', model: 'gemini/gemini-3-flash' },
      routedIn: ['save-tokens', 'fusion', 'emergency'],
    });
    expect(of('oh-my-claudecode:architect')).toMatchObject({
      now: { route: false },
      routedIn: ['fusion', 'emergency'],
    });
    expect(of('Plan')?.routedIn).toEqual(['emergency']);
    expect(of('mine')).toMatchObject({ known: false, routedIn: [], now: { reason: 'unknown-agent' } });
  });

  it('counts them, and names those that nobody has described', async () => {
    const { stdout, stderr } = await useAgents().omcm(['agents', '--coverage']);
    expect(stdout).toMatch(/fusion +3 of 9\n/);
    expect(stdout).toMatch(/stay on Claude: .*mine/);
    expect(stderr).toContain('omcm config set agents.NAME.target');
  });

  it('lets an agent that edits go where edits are accepted', async () => {
    const home = useAgents();
    const routed = async (mode: string) => {
      const { agents } = (await home.json(['agents', '--permission-mode', mode])) as Shown;
      return agents.find(({ name }) => name.endsWith('writer'))?.now.route;
    };
    expect([await routed('default'), await routed('acceptEdits')]).toEqual([false, true]);
  });
});

// The questions of `omcm setup`, answered by keys on a real terminal.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listFiles } from '../support/list-files.ts';
import { hasTmux, startInTmux } from '../support/tmux-claude.ts';
import { buildCli } from './support/build-cli.ts';
import { useFreshHome } from './support/use-fresh-home.ts';

const cli = await buildCli();

const SETTINGS = '{\n  // mine\n  "model": "opus"\n}\n';

/** As much of OpenCode as setup asks for. */
const OPENCODE = `#!/bin/sh
case "$1" in
  models) printf '%s\\n' anthropic/claude-opus google/gemini-3-flash openai/gpt-5.2 mistral/large ;;
  *) echo 1.18.35 ;;
esac
`;

/** With a shell around it, which says how it ended. */
async function useWizard() {
  const home = useFreshHome(cli, { settings: SETTINGS });
  const root = dirname(home.projectDir);
  mkdirSync(join(root, 'tmp'));
  const shell = ['sh', '-c', '"$0" "$1" setup; echo "ended with $?"; read -r _'];
  const terminal = await startInTmux([...shell, process.execPath, cli.program], {
    home: {
      root,
      env: (extra = {}) => home.env({ LANG: 'C.UTF-8', ...extra }),
      projectDir: home.projectDir,
    },
  });
  onTestFinished(() => terminal.kill());
  const { waitFor, sendKeys } = terminal;
  /** Waits for each question, and presses the keys. */
  const answer = async (...answers: readonly (readonly [question: string, ...keys: string[]])[]) => {
    for (const [question, ...keys] of answers) {
      await waitFor(question);
      for (const key of keys) await sendKeys(key);
    }
  };
  return { home, waitFor, answer };
}

describe.skipIf(!hasTmux)('the wizard (needs tmux)', { timeout: 60_000 }, () => {
  it('does what is chosen, and installs nothing without a yes', async () => {
    const { home, waitFor, answer } = await useWizard();
    await answer(
      ['Run npm install -g opencode-ai', 'n'],
      ['Which mode to start in?', 'Down', 'Enter'],
      ['Show the windows of Claude in the status line?', 'n'],
      // bash is chosen already; the next one is added.
      ['Complete omcm in which shells?', 'Down', 'Space', 'Enter'],
      ['Do it?', 'y'],
    );
    expect(await waitFor('ended with')).toContain('ended with 0');
    expect(home.settings()).toMatchObject({ model: 'opus', enabledPlugins: { 'omcm@omcm': true } });
    expect(home.settings().statusLine).toBeUndefined();
    expect(await home.json(['config', 'get', 'mode'])).toBe('fusion');
    expect(existsSync(join(home.home, '.local/share/bash-completion/completions/omcm'))).toBe(true);
    expect(readFileSync(join(home.home, '.zshrc'), 'utf8')).toContain('omcm');
    await home.omcm(['uninstall']);
    expect(readFileSync(home.settingsFile, 'utf8')).toBe(SETTINGS);
  });

  it('asks to which of the connected vendors whole conversations may go, and of each one once', async () => {
    const { home, waitFor, answer } = await useWizard();
    writeFileSync(join(dirname(home.projectDir), 'bin', 'opencode'), OPENCODE, { mode: 0o755 });
    await home.omcm(['consent', 'mistral', '--everywhere']);
    await answer(
      ['Which mode to start in?', 'Enter'],
      ['Show the windows of Claude in the status line?', 'n'],
      ['Complete omcm in which shells?', 'Enter'],
      ['Do it?', 'y'],
      ['To which vendors', 'Down', 'Space', 'Enter'],
    );
    const screen = await waitFor('ended with');
    expect(screen).toContain('ended with 0');
    expect(screen).not.toMatch(/[◻◼] (anthropic|mistral)/);
    expect(await home.json(['consent'])).toMatchObject({
      consents: [{ provider: 'mistral' }, { provider: 'openai', folder: null, said: 'yes' }],
    });
  });

  it.each([
    ['at its first question', []],
    [
      'at its last one',
      [
        ['Run npm install -g opencode-ai', 'n'],
        ['Which mode to start in?', 'Enter'],
        ['Show the windows of Claude in the status line?', 'Enter'],
        ['Complete omcm in which shells?', 'Enter'],
        ['Do it?'],
      ],
    ],
  ] as const)('changes nothing where Ctrl-C is pressed %s', async (_, answers) => {
    const { home, waitFor, answer } = await useWizard();
    await answer(...answers, [answers.length === 0 ? 'Run npm install' : 'Do it?', 'C-c']);
    const screen = await waitFor('ended with');
    expect(screen).toContain('Nothing was changed.');
    expect(screen).toContain('ended with 130');
    expect(listFiles(home.home)).toEqual(home.before);
  });

  it('changes nothing after a no', async () => {
    const { home, waitFor, answer } = await useWizard();
    await answer(
      ['Run npm install', 'n'],
      ['Which mode', 'Enter'],
      ['Show the windows', 'Enter'],
      ['Complete omcm', 'Enter'],
      ['Do it?', 'n'],
    );
    expect(await waitFor('ended with')).toContain('ended with 130');
    expect(listFiles(home.home)).toEqual(home.before);
  });
});

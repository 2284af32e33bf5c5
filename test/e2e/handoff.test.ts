// There and back: a session of the real Claude Code goes on in the real OpenCode, and what came of it comes back.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import { runProcess } from '../../src/simulation/run-process.ts';
import { subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { BUILT_CLI } from '../support/built-cli.ts';
import { hasTmux, startInTmux } from '../support/tmux-claude.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const TODOS = { CLAUDE_CODE_ENABLE_TASKS: '1' };

/** A session that makes a plan, decides, edits, and meets its limit. */
async function workInClaude({ claude, providers, home }: Omcm): Promise<void> {
  const steps = [
    {
      text: 'Decision: amounts stay integers in cents.',
      toolUses: ['Print the euro sign', 'Add a total line'].map((subject) => ({
        name: 'TaskCreate',
        input: { subject, description: subject },
      })),
    },
    {
      toolUses: [
        { name: 'TaskUpdate', input: { taskId: '1', status: 'completed' } },
        { name: 'TaskUpdate', input: { taskId: '2', status: 'in_progress' } },
        {
          name: 'Write',
          input: { file_path: join(home.projectDir, 'src/euro.js'), content: 'export const EURO = 1;\n' },
        },
      ],
    },
  ];
  let step = 0;
  const remove = providers.anthropic.on({
    when: (request) => subagentOf(request) === undefined,
    answer: () => steps[step++] ?? { fault: { kind: 'rate-limit' } },
  });
  await claude({
    prompt: 'Make the till speak euros, with the key sk_live_abcdefghijklmnop1234 if you need it.',
    allowedTools: ['Write', 'TaskCreate', 'TaskUpdate'],
    env: { ...TODOS, CLAUDE_CODE_MAX_RETRIES: '0' },
  });
  remove();
}

async function omcm({ home, env }: Omcm, ...words: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const run = { command: process.execPath, args: [BUILT_CLI, ...words], cwd: home.projectDir, env: env() };
  await runProcess({ ...run, timeoutMs: 90_000, onLine: (line) => void lines.push(line) });
  return lines.join('\n');
}

describe.skipIf(!hasTmux)('a session that met its limit (needs tmux)', { timeout: 280_000 }, () => {
  it('goes on in OpenCode with task, TODOs and files, and comes back with what was done', async () => {
    const at = await useOmcm({ config: { locale: 'en' } });
    await workInClaude(at);

    const { openai, anthropic } = at.providers;
    let step = 0;
    openai.on({
      answer: ({ toolNames }) => {
        if (toolNames.length === 0) return { text: 'Euros' };
        step += 1;
        if (step > 1) return { text: 'The total line is there.' };
        const todos = [{ content: 'Add a total line', status: 'completed', priority: 'high' }];
        const patchText = '*** Begin Patch\n*** Add File: src/total.js\n+export {};\n*** End Patch';
        return {
          toolUses: [
            { name: 'todowrite', input: { todos } },
            { name: 'apply_patch', input: { patchText } },
          ],
        };
      },
    });
    const opencode = dirname(findBinaries().opencode ?? '');
    const terminal = await startInTmux([process.execPath, BUILT_CLI, 'handoff', '--open'], {
      home: at.home,
      env: {
        PATH: `${opencode}:${process.env.PATH}`,
        OPENCODE_CONFIG_CONTENT: JSON.stringify({ model: 'openai/gpt-5.2', small_model: 'openai/gpt-5.2' }),
      },
    });
    onTestFinished(() => terminal.kill());
    await terminal.waitFor('The total line is there.', 150_000);

    const first = openai.journal().find(({ toolNames }) => toolNames.length > 0)?.lastUserText ?? '';
    expect(first).toContain('## Current task\nMake the till speak euros');
    expect(first).toContain('## Open TODOs\n- [~] Add a total line\n');
    expect(first).toContain('- amounts stay integers in cents. [session]');
    expect(first).toContain('## Recently changed files\nsrc/euro.js\n');
    expect(JSON.stringify(openai.journal().map(({ body }) => body))).not.toContain('abcdefghijklmnop1234');
    await terminal.kill();

    const document = await omcm(at, 'handoff', '--back');
    expect(document).toContain('## Current task\nThe total line is there.');
    expect(document).toContain('- [x] Add a total line');
    expect(document).toContain('src/total.js');

    anthropic.on({ answer: { text: 'Resumed.' } });
    const before = anthropic.journal().length;
    await at.claude({ prompt: '/omcm:resume', pluginDirs: [PLUGIN_DIR], allowedTools: [] });
    const asked = anthropic
      .journal()
      .slice(before)
      .map(({ body }) => JSON.stringify(body))
      .join('');
    expect(asked).toContain('- [x] Add a total line');
    expect(readFileSync(join(at.home.projectDir, '.omcm', 'handoff', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('keeps what was decided when its conversation is compacted', async () => {
    const at = await useOmcm({ config: { locale: 'en' } });
    await at.start();
    at.providers.anthropic.on({ answer: { text: 'Decision: no floats for money.' } });
    await at.claude({ prompt: 'What shall we do about the amounts in here?' });
    await at.claude({ prompt: '/compact', extraArgs: ['--continue'] });
    const find = () =>
      execFileSync('find', [join(at.stateDir, 'handoff'), '-path', '*/sessions/*.json'], {
        encoding: 'utf8',
      });
    await expect.poll(find, { timeout: 20_000 }).toMatch(/\.json\n$/);
    expect(readFileSync(find().trim(), 'utf8')).toContain('no floats for money.');
  });
});

import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { RunResult } from '../../../src/cli/runs/run-result.ts';
import type { ToolUse } from '../../../src/simulation/answer.ts';
import { workOn } from '../../../src/simulation/scripted-work.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { useOmcm } from '../../support/use-omcm.ts';

const read = (filePath: string): ToolUse => ({ name: 'read', input: { filePath } });
const edit = (filePath: string, oldString: string, newString: string): ToolUse => ({
  name: 'edit',
  input: { filePath, oldString, newString },
});
const write = (filePath: string, content: string): ToolUse => ({
  name: 'write',
  input: { filePath, content },
});

/** So that none ends before all have begun. */
const LAST_ANSWER_MS = 3_000;

const TOTAL = 'total ${formatCents';

it('has four writers work at once, and loses nothing of theirs or of the user', async () => {
  const omcm = await useOmcm();
  const { projectDir } = omcm.home;
  const env = omcm.env();
  const path = (name: string) => join(projectDir, name);
  const text = (name: string) => readFileSync(path(name), 'utf8');
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: projectDir, env, encoding: 'utf8', stdio: 'pipe' });
  const omcmOf = async (...words: readonly string[]) => {
    const run = promisify(execFile)(process.execPath, [BUILT_CLI, ...words], { cwd: projectDir, env });
    return run.catch((error: { stdout: string; stderr: string }) => error);
  };

  // What the user is in the middle of: staged, changed, new, removed.
  writeFileSync(path('src/money.js'), `// staged\n${text('src/money.js')}`);
  git('add', 'src/money.js');
  writeFileSync(path('src/money.js'), `${text('src/money.js')}// and changed again\n`);
  writeFileSync(path('README.md'), `${text('README.md')}\nMine.\n`);
  writeFileSync(path('메모 notes.txt'), 'not added yet\n');
  unlinkSync(path('test/basket.test.js'));
  const staged = git('diff', '--cached');
  const index = readFileSync(path('.git/index'));
  const money = readFileSync(path('src/money.js'));

  const beganAt = new Map<string, number>();
  const mayEndAt = new Map<string, number>();
  const works: Readonly<Record<string, readonly ToolUse[]>> = {
    // Sees what the user has not committed.
    readme: [read('README.md'), edit('README.md', 'Mine.', 'Mine. And ours.')],
    basket: [
      read('src/basket.js'),
      edit('src/basket.js', 'items: []', 'items: [], open: true'),
      write('src/new/tax.js', 'export const tax = 7;\n'),
    ],
    'left hand': [read('src/receipt.js'), edit('src/receipt.js', TOTAL, `sum ${TOTAL.slice(6)}`)],
    오른손: [read('src/receipt.js'), edit('src/receipt.js', TOTAL, `altogether ${TOTAL.slice(6)}`)],
  };
  omcm.providers.google.on({
    answer: (request) => {
      const name = Object.keys(works).find((id) => request.lastUserText.includes(`<${id}>`)) ?? '';
      const uses = works[name] ?? [];
      const done = request.turns.filter(({ role }) => role === 'tool').length;
      if (done === 0) beganAt.set(name, Date.now());
      if (done === uses.length) mayEndAt.set(name, Date.now() + LAST_ANSWER_MS);
      const answer = workOn(request, {
        projectDir,
        steps: uses.map((use) => ({ kind: 'tool', use })),
        report: `${name} is done`,
      });
      return done === uses.length ? { ...answer, delayMs: LAST_ANSWER_MS } : answer;
    },
  });
  const tasks = Object.keys(works).map((id) => ({ id, agent: 'writer', prompt: `work as <${id}>` }));
  writeFileSync(join(omcm.home.root, 'tasks.json'), JSON.stringify({ tasks }));
  await omcm.warm();

  const batch = [
    'batch',
    join(omcm.home.root, 'tasks.json'),
    '--workers',
    '4',
    '--permission-mode',
    'acceptEdits',
  ];
  const ran = await omcmOf(...batch, '--json');

  const result = JSON.parse(ran.stdout) as RunResult;
  const byId = new Map(result.tasks.map((task) => [task.id, task]));
  expect(byId.get('readme'), ran.stderr).toMatchObject({
    state: 'done',
    changes: { kind: 'merged', files: ['README.md'] },
  });
  expect(byId.get('basket')?.changes).toMatchObject({
    kind: 'merged',
    files: ['src/basket.js', 'src/new/tax.js'],
  });
  expect(text('README.md')).toMatch(/\nMine\. And ours\.\n$/);
  expect(text('src/basket.js')).toContain('open: true');
  expect(text('src/new/tax.js')).toBe('export const tax = 7;\n');

  // Of two that change one line, one is merged, and the other one's work is where the report says.
  const hands = ['left hand', '오른손'].map((id) => byId.get(id));
  const merged = hands.find((task) => task?.changes?.kind === 'merged');
  const left = hands.find((task) => task?.changes?.kind === 'left')?.changes;
  expect(merged).toMatchObject({ state: 'done', changes: { files: ['src/receipt.js'] } });
  if (left?.kind !== 'left') throw new Error(JSON.stringify(hands));
  expect(left).toMatchObject({ because: { code: 'conflict', files: ['src/receipt.js'] } });
  expect(git('branch', '--list', 'omcm/*', '--format=%(refname:short)')).toBe(`${left.branch}\n`);
  expect(left.command).toBe(`git show ${left.branch}`);
  const words = [text('src/receipt.js'), git('show', left.branch)].map((said) =>
    ['sum ', 'altogether '].filter((word) => said.includes(`${word}$`)),
  );
  expect(words.flat().sort()).toEqual(['altogether ', 'sum ']);
  const { stdout: shown } = await omcmOf('runs', 'show', result.runId);
  expect(shown).toContain(`left on branch ${left.branch}, because it conflicts in src/receipt.js`);
  expect(shown).toContain('merged: 2 files');

  // Nothing of the user's was touched, and nothing of ours stays.
  expect(readFileSync(path('.git/index')).equals(index)).toBe(true);
  expect(git('diff', '--cached')).toBe(staged);
  expect(readFileSync(path('src/money.js')).equals(money)).toBe(true);
  expect(text('메모 notes.txt')).toBe('not added yet\n');
  expect(existsSync(path('test/basket.test.js'))).toBe(false);
  expect(git('stash', 'list')).toBe('');
  expect(git('fsck', '--strict', '--no-dangling')).toBe('');
  expect(git('worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
  expect(readdirSync(join(omcm.stateDir, 'worktrees'))).toEqual([]);
  // All four had begun before the first of them could end.
  expect([...beganAt.keys()].sort()).toEqual(Object.keys(works).sort());
  expect(Math.max(...beganAt.values())).toBeLessThan(Math.min(...mayEndAt.values()));
});

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLANTED } from '../context/planted-secrets.ts';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();
const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'transcripts');
const SESSION = '76c2f675-0f6c-4906-b707-64f640722711';

/** A home in which Claude Code has worked. */
function useSession(config: object = {}): CliHome {
  const home = useCli(cli, { config });
  const folder = join(home.home, '.claude', 'projects', home.projectDir.replace(/[^A-Za-z0-9]/g, '-'));
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(FIXTURES, 'work.jsonl'), join(folder, `${SESSION}.jsonl`));
  return home;
}

describe('omcm context', () => {
  it('prints the hand-over document of the last session', async () => {
    const home = useSession();
    writeFileSync(join(home.projectDir, 'CLAUDE.md'), '# Till\n\n## Decisions\n\n- no floats for money\n');
    const limits = { claude: { fiveHour: { percent: 92 }, weekly: { percent: 67 } } };
    writeFileSync(home.paths.providerLimitsFile, JSON.stringify(limits));
    await home.omcm(['note', 'ask before a release']);
    const { stdout, code } = await home.omcm(['context']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Work hand-over context\n\n> Handed over from Claude Code to OpenCode\n/);
    expect(stdout).toContain(`| Project path | \`${home.projectDir}\` |`);
    expect(stdout).toContain('| Usage | 5 hours: 92%, weekly: 67% |');
    expect(stdout).toContain('## Open TODOs\n- [~] 영수증에 합계 줄 추가\n- [ ] Test the receipt\n');
    expect(stdout).toContain('- ask before a release [note]\n');
    expect(stdout).toContain('- no floats for money [project: CLAUDE.md]\n');
    expect(home.daemons(), 'no daemon was needed').toEqual([]);
  });

  it('has the words of the seed in Korean', async () => {
    const { stdout } = await useSession().omcm(['context', '--markdown'], { env: { LANG: 'ko_KR.UTF-8' } });
    expect(stdout).toMatch(
      /^# 작업 핸드오프 컨텍스트\n\n> Claude Code에서 OpenCode로 전환됨\n> 생성 시간: \d{4}-/,
    );
    expect(stdout).toContain('## 세션 정보\n| 항목 | 값 |\n|------|-----|\n| 프로젝트 경로 | `/');
    expect(stdout).toContain('## 현재 작업\nMake the till speak euros');
    expect(stdout).toContain('## 미완료 TODO\n- [~] 영수증에 합계 줄 추가\n- [ ] Test the receipt\n');
  });

  it('gives a script all of it, under a version', async () => {
    const home = useSession();
    const transcript = join(FIXTURES, 'compacted.jsonl');
    expect(await home.json(['context', '--transcript', transcript])).toMatchObject({
      version: 1,
      todos: { inProgress: ['영수증에 합계 줄 추가'] },
      meta: { from: 'claude-code', sessionId: SESSION, branch: 'main' },
    });
  });

  it("takes Claude Code's own task list where it keeps one", async () => {
    const home = useSession();
    const folder = join(home.home, '.claude', 'tasks', SESSION);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, '1.json'),
      JSON.stringify({ id: '1', subject: 'from the list', status: 'pending' }),
    );
    writeFileSync(join(folder, '2.json'), '{"half');
    expect(await home.json(['context', '--session', SESSION])).toMatchObject({
      todos: { inProgress: [], pending: ['from the list'], completed: [] },
    });
  });

  it('shows what a delegated task is told', async () => {
    const { stdout } = await useSession().omcm(['context', '--brief']);
    expect(stdout).toMatch(/^# Context: the session that this task belongs to\n/);
    expect(stdout).toContain('In progress:\n- 영수증에 합계 줄 추가\n');
    expect(stdout).not.toContain('|');
  });

  it('is as long as the settings allow', async () => {
    const home = useSession({ context: { maxContextLength: 1_000, includeTodos: false } });
    const { stdout } = await home.omcm(['context']);
    expect(stdout.length).toBeLessThanOrEqual(1_001);
    expect(stdout).not.toContain('TODO');
  });

  it('says so where there is no session, and tells what there is', async () => {
    const home = useCli(cli);
    const { stdout, stderr, code } = await home.omcm(['context']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('No Claude Code session') });
    expect(stdout).toMatch(/^# Work hand-over context/);
  });

  it('refuses a transcript that is not there', async () => {
    expect(await useCli(cli).omcm(['context', '--transcript', 'gone.jsonl'])).toMatchObject({
      code: 2,
      stdout: '',
    });
  });
});

describe('omcm note', () => {
  it('remembers for this project alone', async () => {
    const home = useCli(cli);
    expect(await home.omcm(['note'])).toMatchObject({ code: 0, stdout: '' });
    await home.omcm(['note', 'cents as\nintegers']);
    await home.omcm(['note', '한 줄']);
    expect((await home.omcm(['note'])).stdout).toBe('cents as integers\n한 줄\n');
    expect(await home.json(['note', '--directory', home.home])).toEqual({ notes: [] });
  });
});

describe('secrets', () => {
  it('stand in no document, wherever the session had them from', async () => {
    const home = useCli(cli);
    const kinds = Object.values(PLANTED).filter(({ secret }) => secret !== 'opensesame42');
    const say = (type: string, content: unknown) => JSON.stringify({ type, message: { content } });
    const lines = kinds.flatMap(({ text }) => [
      say('user', `Please look after this one now: ${text}`),
      say('assistant', [{ type: 'text', text: `Decision: use it\nDecision: ${'x '.repeat(140)} ${text}` }]),
      say('assistant', [
        {
          type: 'tool_use',
          id: text,
          name: 'TodoWrite',
          input: { todos: [{ content: `rotate ${text}`, status: 'pending' }] },
        },
      ]),
      say('user', [{ type: 'tool_result', tool_use_id: text, content: 'ok' }]),
    ]);
    const transcript = join(home.home, 'secrets.jsonl');
    writeFileSync(transcript, `${lines.join('\n')}\n`);
    for (const form of ['--markdown', '--brief', '--json']) {
      const { stdout } = await home.omcm(['context', '--transcript', transcript, form]);
      expect(stdout).toContain('[masked ');
      for (const { secret } of kinds) expect(stdout).not.toContain(secret);
    }
  });
});

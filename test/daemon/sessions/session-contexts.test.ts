import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { createFoldBack } from '../../../src/daemon/delegation/fold-back.ts';
import { silentLog } from '../../../src/daemon/log/log.ts';
import { createSessionContexts } from '../../../src/daemon/sessions/session-contexts.ts';
import { PLANTED } from '../../context/planted-secrets.ts';
import { useDaemonHome } from '../support/use-daemon-home.ts';

const FIXTURE = join(import.meta.dirname, '..', '..', 'fixtures', 'transcripts', 'work.jsonl');
const SESSION = 'a';
const brief = DEFAULT_CONFIG.context;

function useSession() {
  const { home, projectDir: directory, paths } = useDaemonHome();
  const folder = join(home, '.claude', 'projects', directory.replace(/[^A-Za-z0-9]/g, '-'));
  mkdirSync(folder, { recursive: true });
  const transcript = join(folder, `${SESSION}.jsonl`);
  copyFileSync(FIXTURE, transcript);
  const contexts = createSessionContexts({
    paths,
    sessions: { get: () => undefined },
    now: Date.now,
    log: silentLog(),
  });
  const foldBack = createFoldBack({
    paths,
    now: Date.now,
    onProblem: (_, message) => {
      throw new Error(message);
    },
  });
  // The first one of a process loads the scanner, which may take longer than a task waits.
  const tell = (settings = brief) =>
    expect.poll(() => contexts.tell({ sessionId: SESSION, directory }, settings), { timeout: 10_000 });
  return { contexts, foldBack, directory, transcript, tell };
}

describe('what a delegated task is told of its session', () => {
  it('is short, and says more when the session goes on', async () => {
    const { tell, transcript } = useSession();
    await tell().toContain('The user asked for: Make the till speak euros');
    await tell().toContain('- 영수증에 합계 줄 추가');
    appendFileSync(
      transcript,
      `${JSON.stringify({ type: 'user', message: { content: 'Now print the date on each receipt.' } })}\n`,
    );
    await tell().toContain('The user asked for: Now print the date');
  });

  it('is the whole document, or nothing, where the settings say so', async () => {
    const { tell, contexts, directory } = useSession();
    await tell({ ...brief, delegation: 'full' }).toMatch(/^# Work hand-over context\n/);
    const none = { ...brief, delegation: 'none' } as const;
    expect(await contexts.tell({ sessionId: SESSION, directory }, none)).toBe('');
  });

  it('is nothing where no session is known', async () => {
    const { contexts, directory } = useSession();
    expect(await contexts.tell({ directory }, brief)).toBe('');
    expect(await contexts.tell({ sessionId: 'unknown', directory }, brief)).toBe('');
  });

  it('holds what others have done, without the secrets that they met', async () => {
    const { tell, foldBack, directory } = useSession();
    const { text, secret } = PLANTED['GitHub personal token'] ?? { text: '', secret: '' };
    const report = `Found it with ${text}.\nDecision: the key moves to the vault.`;
    await foldBack({ sessionId: SESSION, directory, agent: 'explore', report, files: ['src/a.ts'] });
    await foldBack({
      sessionId: 'another',
      directory,
      agent: 'writer',
      report: 'Not of this one.',
      files: [],
    });
    await tell().toContain('- explore: Found it with [masked github-token]. (changed src/a.ts)');
    await tell().toContain('- the key moves to the vault.');
    await tell().not.toContain(secret);
    await tell().not.toContain('Not of this one');
  });
});

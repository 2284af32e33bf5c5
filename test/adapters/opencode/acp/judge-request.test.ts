import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestPermissionRequest } from '@agentclientprotocol/sdk';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeRequest } from '../../../../src/adapters/opencode/acp/judge-request.ts';
import type { Grant } from '../../../../src/core/permissions/envelope.ts';

const OPTIONS: RequestPermissionRequest['options'] = [
  { optionId: 'yes', kind: 'allow_once', name: 'Allow once' },
  { optionId: 'ever', kind: 'allow_always', name: 'Always allow' },
  { optionId: 'no', kind: 'reject_once', name: 'Reject' },
];

function useProject(): string {
  const run = process.env.OMCM_TEST_RUN ?? 'x';
  const root = realpathSync(mkdtempSync(join(tmpdir(), `omcm-test-${run}-`)));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'till'));
  mkdirSync(join(root, 'elsewhere'));
  symlinkSync(join(root, 'elsewhere'), join(root, 'till', 'link'));
  return join(root, 'till');
}

type Call = Omit<RequestPermissionRequest['toolCall'], 'toolCallId'>;

async function judge(
  directory: string,
  call: Call,
  kind: Grant['kind'] = 'edit-in-project',
  options = OPTIONS,
) {
  const request = { sessionId: 's', toolCall: { toolCallId: 'c', ...call }, options };
  return judgeRequest(request, { directory, grant: { kind } });
}

const chosen = async (...given: Parameters<typeof judge>) => {
  const { outcome } = (await judge(...given)).response;
  return outcome.outcome === 'selected' ? outcome.optionId : outcome.outcome;
};

describe('what OpenCode asks over ACP', () => {
  it('is allowed once for an edit inside the project, and never for good', async () => {
    const directory = useProject();
    const locations = [{ path: join(directory, 'a.ts') }];
    expect(await chosen(directory, { kind: 'edit', locations })).toBe('yes');
    expect(await chosen(directory, { kind: 'edit', locations }, 'full')).toBe('yes');
    expect(await chosen(directory, { kind: 'edit', locations }, 'read-only')).toBe('no');
  });

  it('is refused for an edit elsewhere, through a link, of what is protected, or of nothing in particular', async () => {
    const directory = useProject();
    for (const path of ['../elsewhere/a', 'link/a', '.git/config', '.env', '/etc/passwd'])
      expect(await chosen(directory, { kind: 'edit', locations: [{ path }] }), path).toBe('no');
    expect(await chosen(directory, { kind: 'edit', locations: [] })).toBe('no');
    expect(await chosen(directory, { kind: 'edit' })).toBe('no');
  });

  it('is refused when one of several files may not be touched, wherever the request names it', async () => {
    const directory = useProject();
    const inside = { path: join(directory, 'a') };
    const moved = { files: [{ filePath: join(directory, 'a'), movePath: join(directory, '.git/hooks/x') }] };
    expect(await chosen(directory, { kind: 'edit', locations: [inside, { path: '/etc/passwd' }] })).toBe(
      'no',
    );
    expect(await chosen(directory, { kind: 'edit', locations: [inside], rawInput: moved })).toBe('no');
  });

  it('is the shell only where the session allows everything', async () => {
    const directory = useProject();
    const shell: Call = { kind: 'execute', title: 'ls', rawInput: { command: 'ls' } };
    expect(await chosen(directory, shell, 'full')).toBe('yes');
    expect(await chosen(directory, shell)).toBe('no');
  });

  it('is refused where it is anything else', async () => {
    const directory = useProject();
    for (const kind of ['other', 'fetch', 'read', null] as const)
      expect(await chosen(directory, { kind }, 'full')).toBe('no');
  });

  it('is cancelled where the answer is not on offer', async () => {
    expect(await chosen(useProject(), { kind: 'execute' }, 'full', [])).toBe('cancelled');
  });

  it('is told with what it was about', async () => {
    const directory = useProject();
    const { event } = await judge(directory, { kind: 'edit', locations: [{ path: 'a.ts' }] });
    expect(event).toMatchObject({ permission: 'edit', patterns: [join(directory, 'a.ts')], reply: 'once' });
  });
});

import { describe, expect, it } from 'vitest';
import { checkEngine } from '../../../src/cli/doctor/check-engine.ts';
import { type ClaudeSetup, managedSettingsFile } from '../../../src/cli/doctor/claude-setup.ts';
import type { Consulted } from '../../../src/cli/doctor/consult-daemon.ts';
import { messagesIn } from '../../../src/cli/messages.ts';
import type { EngineWish } from '../../../src/core/routing/decision.ts';

const MANAGED = { file: managedSettingsFile(), settings: {} };
const AT_REST: Consulted = { kind: 'not-running' };

function shown(seesRequests: boolean | null): Consulted {
  const status = { seesRequests } as unknown;
  return { kind: 'running', status } as Consulted;
}

function examine(consulted: Consulted, { managed = false, engine = 'auto' as EngineWish } = {}) {
  const setup: ClaudeSetup = {
    plugin: null,
    plugins: [],
    others: [],
    settings: managed ? [MANAGED] : [],
  };
  return checkEngine(setup, consulted, { config: { engine }, m: messagesIn('en') });
}

describe('whether other models can use Claude Code’s own tools', () => {
  it('is told by what a session has shown', () => {
    expect(examine(shown(false))).toMatchObject({ status: 'warn' });
    expect(examine(shown(true), { managed: true })).toMatchObject({ status: 'ok' });
  });

  it('is told by the files where no session has shown anything', () => {
    for (const consulted of [AT_REST, shown(null)]) {
      const finding = examine(consulted, { managed: true });
      expect(finding).toMatchObject({ status: 'warn', message: expect.stringContaining(MANAGED.file) });
      expect(examine(consulted)).toMatchObject({ status: 'ok' });
    }
  });

  it('says whose models it leaves to OpenCode, for want of a key', () => {
    const one = (id: string, direct?: boolean) => ({ id, name: id, models: ['m'], direct });
    const connected = [one('openai', false), one('google', true), one('mistral'), one('anthropic', false)];
    const consulted = { ...shown(true), providers: { connected } } as Consulted;
    const { status, message } = examine(consulted);
    expect(status).toBe('ok');
    expect(message).toContain('not those of openai: OpenCode has no key');
  });

  it('does not matter to who wants OpenCode’s', () => {
    expect(examine(shown(false), { engine: 'opencode' })).toMatchObject({ status: 'ok' });
  });
});

// What a rule of the user's may say, each field by a value that fits a call and one that does not.
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/core/routing/decision.ts';
import { type Settings, useSettings } from './use-settings.ts';

const NOON = new Date(2026, 0, 28, 12).getTime();

const CALL = {
  agent: 'explore',
  prompt: 'look into src/a.sql and src/b.sql',
  permissionMode: 'acceptEdits',
};

const decide = async ({ ask, projectDir }: Settings, more: object = {}): Promise<Decision> => {
  const call = { ...CALL, directory: projectDir, ...more };
  return (await ask<{ decision: Decision }>('POST', '/v1/route', call)).decision;
};

describe('a rule speaks for a call by its', () => {
  it.each([
    { field: 'agent', fits: 'explore', other: 'architect' },
    { field: 'tier', fits: 'low', other: 'high' },
    { field: 'mode', fits: 'fusion', other: 'save-tokens' },
    { field: 'permissionMode', fits: 'acceptEdits', other: 'plan' },
    { field: 'project', fits: '*/project', other: '*/elsewhere' },
    { field: 'quota', fits: '< 50', other: '>= 50' },
    { field: 'time', fits: '11:00-13:00', other: '22:00-06:00' },
    { field: 'promptChars', fits: '< 100', other: '> 100' },
    { field: 'files', fits: '*.sql', other: '*.ts' },
    { field: 'fileCount', fits: '== 2', other: '> 2' },
  ])('$field', async ({ field, fits, other }) => {
    const settings = await useSettings({ now: () => NOON });
    const windows = [{ kind: 'five_hour', percent: 40, resetsAt: new Date(NOON + 3_600_000).toISOString() }];
    await settings.ask('POST', '/v1/quota', { source: 'mod', sessionId: 's1', windows });
    const reasonWith = async (value: string) => {
      settings.set({ rules: [{ id: 'mine', action: 'force_claude', when: { [field]: value } }] });
      return (await decide(settings)).reason;
    };
    expect(await reasonWith(fits)).toBe('rule-force-claude-mine');
    expect(await reasonWith(other)).toBe('fusion-default-explore');
  });

  it('condition', async () => {
    const settings = await useSettings();
    const reasonWith = async (condition: string) => {
      settings.set({ rules: [{ id: 'mine', action: 'force_claude', condition }] });
      return (await decide(settings)).reason;
    };
    expect(await reasonWith('agent == explore')).toBe('rule-force-claude-mine');
    expect(await reasonWith('agent == architect')).toBe('fusion-default-explore');
  });
});

describe('among rules', () => {
  it('one that routes may choose the engine', async () => {
    const settings = await useSettings();
    const engineWith = async (engine: string) => {
      settings.set({ rules: [{ id: 'mine', action: 'prefer_opencode', engine }] });
      const decision = await decide(settings);
      return decision.route ? decision.engine : null;
    };
    expect(await engineWith('native-tools')).toBe('native-tools');
    expect(await engineWith('opencode')).toBe('opencode');
  });

  it('the one of the highest priority speaks, of those that are enabled; its id and action are the reason', async () => {
    const settings = await useSettings();
    const rules = (mine: object) => [
      { id: 'first', description: 'for everybody', action: 'prefer_opencode' },
      { id: 'second', action: 'prefer_claude', ...mine },
    ];
    settings.set({ rules: rules({}) });
    expect((await decide(settings)).reason).toBe('rule-prefer-opencode-first');
    settings.set({ rules: rules({ priority: 5 }) });
    expect((await decide(settings)).reason).toBe('rule-prefer-claude-second');
    settings.set({ rules: rules({ priority: 5, enabled: false }) });
    expect((await decide(settings)).reason).toBe('rule-prefer-opencode-first');
  });

  it('one has a target, and one a message for whoever is blocked', async () => {
    const settings = await useSettings();
    settings.set({ rules: [{ id: 'mine', action: 'target', target: 'openai/gpt-5.2-codex' }] });
    expect((await decide(settings)).target).toMatchObject({ model: 'gpt-5.2-codex' });
    settings.set({ rules: [{ id: 'mine', action: 'block', message: 'Not today.' }] });
    expect(await decide(settings)).toMatchObject({ route: false, block: { message: 'Not today.' } });
  });
});

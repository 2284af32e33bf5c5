import { describe, expect, it } from 'vitest';
import { type OwnAgent, ownAgentsConfig } from '../../../src/core/opencode/own-agent.ts';
import type { Grant } from '../../../src/core/permissions/envelope.ts';

const agent = (kind: Grant['kind'], more: Partial<OwnAgent> = {}): OwnAgent => ({
  name: 'omcm-1',
  grant: { kind },
  prompt: null,
  asking: 'ask',
  ...more,
});

type AgentConfig = { permission: Record<string, string | Record<string, string>>; prompt?: string };

function configOf(one: OwnAgent): AgentConfig {
  return (ownAgentsConfig([one]).agent as Record<string, AgentConfig>)[one.name] as AgentConfig;
}

/** As OpenCode 1.18.33 evaluates it: every rule in order, the last that matches wins; `*` is any text. */
function evaluate({ permission }: AgentConfig, asked: string, subject = 'x'): string | undefined {
  const matches = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(text);
  const rules = Object.entries(permission).flatMap(([name, value]) =>
    Object.entries(typeof value === 'string' ? { '*': value } : value).map(([pattern, action]) => ({
      name,
      pattern,
      action,
    })),
  );
  return rules.findLast(({ name, pattern }) => matches(name, asked) && matches(pattern, subject))?.action;
}

describe('our own agent', () => {
  it.each([
    ['read-only', 'read', 'src/a.ts', 'allow'],
    ['read-only', 'read', '.env', 'deny'],
    ['read-only', 'read', 'config/.env.local', 'deny'],
    ['read-only', 'read', '.env.example', 'allow'],
    ['read-only', 'grep', 'x', 'allow'],
    ['read-only', 'edit', 'a.ts', 'deny'],
    ['read-only', 'bash', 'ls', 'deny'],
    ['read-only', 'task', 'general', 'deny'],
    ['read-only', 'some_mcp_tool', '*', 'deny'],
    ['edit-in-project', 'edit', 'a.ts', 'ask'],
    ['edit-in-project', 'bash', 'ls', 'deny'],
    ['edit-in-project', 'external_directory', '/etc/*', 'deny'],
    ['edit-in-project', 'todowrite', '*', 'allow'],
    ['edit-in-project', 'task', 'general', 'deny'],
    ['full', 'bash', 'ls', 'ask'],
    ['full', 'edit', 'a.ts', 'ask'],
    ['full', 'webfetch', 'https://x', 'allow'],
    ['full', 'read', '.env', 'deny'],
    ['full', 'external_directory', '/etc/*', 'deny'],
    ['full', 'question', '*', 'deny'],
    ['full', 'task', 'general', 'deny'],
  ] as const)('that may do %s: %s of %s is %s', (kind, permission, subject, action) => {
    expect(evaluate(configOf(agent(kind)), permission, subject)).toBe(action);
  });

  it('asks nobody where nobody can answer', () => {
    const config = configOf(agent('full', { asking: 'allow' }));
    expect(JSON.stringify(config)).not.toContain('"ask"');
    expect(evaluate(config, 'edit')).toBe('allow');
    expect(evaluate(config, 'external_directory')).toBe('deny');
  });

  it("has the subagent's instructions for its prompt, and OpenCode's own where there are none", () => {
    expect(configOf(agent('full', { prompt: 'Be brief.' })).prompt).toBe('Be brief.');
    expect(configOf(agent('full'))).not.toHaveProperty('prompt');
  });

  it('is what OpenCode falls back to, so that a fall gives no rights', () => {
    expect(ownAgentsConfig([agent('read-only'), agent('full', { name: 'omcm-2' })])).toMatchObject({
      default_agent: 'omcm-1',
      agent: { 'omcm-1': {}, 'omcm-2': {} },
    });
  });
});

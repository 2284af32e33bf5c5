import { describe, expect, it } from 'vitest';
import { AGENT_ALIASES, AGENTS, PLUGIN_AGENTS } from '../../../src/core/agents/catalogue.ts';
import { isNamedBy, resolveAgent } from '../../../src/core/agents/resolve-agent.ts';

const nameOf = (requested: string) => resolveAgent(requested).agent.name;

describe('resolveAgent', () => {
  it.each([
    ['architect', 'architect'],
    ['oh-my-claudecode:architect', 'architect'],
    ['omc:architect', 'architect'],
    ['some-plugin:architect', 'architect'],
    ['some-plugin:folder:architect', 'architect'],
    ['Architect', 'architect'],
    ['  architect\n', 'architect'],
    ['api-reviewer', 'code-reviewer'],
    ['omc:deep-executor', 'executor-high'],
    ['Explorer', 'explore'],
    ['product-manager', 'planner'],
  ])('reads %j as %s', (requested, name) => {
    expect(resolveAgent(requested)).toMatchObject({ known: true, agent: { name } });
  });

  it("tells Claude Code's Explore from OMC's explore", () => {
    expect(nameOf('Explore')).toBe('Explore');
    expect(nameOf('explore')).toBe('explore');
    expect(nameOf('oh-my-claudecode:Explore')).toBe('explore');
    expect(nameOf('EXPLORE')).toBe('explore');
  });

  it('knows the other built-in agents in any case, but only without a prefix', () => {
    expect(nameOf('Plan')).toBe('Plan');
    expect(nameOf('plan')).toBe('Plan');
    expect(nameOf('General-Purpose')).toBe('general-purpose');
    expect(resolveAgent('some-plugin:general-purpose').known).toBe(false);
  });

  it.each([
    '',
    ' ',
    ':',
    'x:',
    '__proto__',
    'constructor',
    'toString',
    'arch\u0000itect',
    'arch\u200bitect',
    '한국어',
  ])('does not know %j', (requested) => {
    expect(resolveAgent(requested)).toMatchObject({
      known: false,
      agent: { residence: 'always', writes: true },
    });
  });

  it('keeps names bounded and printable, whatever comes', () => {
    const resolved = resolveAgent(`${'p'.repeat(10_000)}\u001b[31m:${'n\u0007'.repeat(5_000)}`);
    expect(resolved.requested.length).toBeLessThanOrEqual(160);
    expect(resolved.agent.name).toBe('n?'.repeat(40));
    expect(resolved.plugin?.length).toBeLessThanOrEqual(160);
  });

  it('does not cut an emoji in half', () => {
    expect(nameOf('😀'.repeat(200))).toBe('😀'.repeat(80));
  });

  it("takes what the user's config says of a known agent", () => {
    const resolved = resolveAgent('omc:architect', {
      architect: { target: 'flash', model: 'xai/grok', writes: true },
    });
    expect(resolved.agent).toMatchObject({
      target: 'flash',
      writes: true,
      residence: 'routable',
      saveTokens: false,
    });
    expect(resolved.settings.model).toBe('xai/grok');
  });

  it('lets settings under an alias count for the agent', () => {
    expect(resolveAgent('explore', { explorer: { target: 'codex' } }).agent.target).toBe('codex');
  });

  it('knows an agent that the config names, and lets it move', () => {
    expect(resolveAgent('my-helper', { 'my-helper': { target: 'flash' } })).toMatchObject({
      known: true,
      agent: { target: 'flash', residence: 'routable', saveTokens: true, writes: true },
    });
    expect(resolveAgent('general-purpose', { 'general-purpose': {} }).agent.residence).toBe('routable');
  });

  it('leaves a planner that is only given a model where it was', () => {
    expect(resolveAgent('planner', { planner: { model: 'xai/grok' } }).agent.residence).toBe(
      'unless-emergency',
    );
    expect(resolveAgent('planner', { planner: { stays: false } }).agent.residence).toBe('routable');
  });

  it("prefers settings for one plugin's agent over those for the bare name", () => {
    const configured = { helper: { target: 'flash' }, 'mine:helper': { target: 'codex' } } as const;
    expect(resolveAgent('mine:helper', configured).agent.target).toBe('codex');
    expect(resolveAgent('theirs:helper', configured).agent.target).toBe('flash');
  });

  it('is not fooled by settings under __proto__', () => {
    const configured = JSON.parse('{"__proto__": {"target": "flash"}}');
    expect(resolveAgent('stranger', configured).known).toBe(false);
    expect(resolveAgent('__proto__', configured)).toMatchObject({
      known: true,
      agent: { name: '__proto__' },
    });
  });
});

describe('isNamedBy', () => {
  it("lets a prefixed entry mean that plugin's agent only", () => {
    expect(isNamedBy('mine:helper', { name: 'helper', plugin: 'mine' })).toBe(true);
    expect(isNamedBy('mine:helper', { name: 'helper', plugin: 'theirs' })).toBe(false);
    expect(isNamedBy('mine:helper', { name: 'helper', plugin: null })).toBe(false);
    expect(isNamedBy('helper', { name: 'helper', plugin: 'mine' })).toBe(true);
  });
});

describe('the catalogue', () => {
  it('gives every agent one name', () => {
    expect(new Set(AGENTS.map((agent) => agent.name)).size).toBe(AGENTS.length);
  });

  it('marks for save-tokens only what nothing else keeps on Claude', () => {
    const marked = AGENTS.filter((agent) => agent.saveTokens);
    expect(new Set(marked.map((agent) => agent.residence))).toEqual(new Set(['routable']));
  });

  it('has an agent behind every alias, and no alias that hides an agent', () => {
    for (const [alias, name] of AGENT_ALIASES) {
      expect(PLUGIN_AGENTS.has(name), alias).toBe(true);
      expect(PLUGIN_AGENTS.has(alias), alias).toBe(false);
    }
  });
});

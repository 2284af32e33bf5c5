import { describe, expect, it } from 'vitest';
import { compiledRulesOf, compileRules } from '../../../src/core/rules/compile-rules.ts';
import { rule, spokesman } from './rule-fixtures.ts';

const nobody = rule({ id: 'nobody', when: { agent: 'explore' } });

describe('the rule that speaks', () => {
  it('is nobody where none fits', () => {
    expect(spokesman([nobody])).toBeNull();
  });

  it('is the one of the highest priority, wherever it stands', () => {
    expect(spokesman([nobody, rule({ id: 'low', priority: 1 }), rule({ id: 'high', priority: 2 })])).toBe(
      'high',
    );
  });

  it('is among equals the first in the file', () => {
    expect(spokesman([rule({ id: 'first' }), rule({ id: 'second' })])).toBe('first');
  });

  it('is never one that is switched off', () => {
    expect(spokesman([rule({ enabled: false, priority: 9 }), rule({ id: 'on' })])).toBe('on');
  });

  it('is a list of agents only where no rule of its priority has spoken', () => {
    const lists = { preferClaude: ['architect'], preferOpencode: ['architect', 'omc:Architect'] };
    expect(spokesman([rule()], {}, lists)).toBe('mine');
    expect(spokesman([rule({ priority: -1 })], {}, lists)).toBe('preferClaude');
    expect(spokesman([], {}, { preferOpencode: ['architect'] })).toBe('preferOpencode');
  });

  it("is a project's only where the user's own have nothing to say, whatever its priority", () => {
    const theirs = rule({ id: 'theirs', priority: 1_000, origin: 'project' });
    expect(spokesman([theirs, rule({ priority: -5 })])).toBe('mine');
    expect(spokesman([theirs], {}, { preferOpencode: ['architect'] })).toBe('preferOpencode');
    expect(spokesman([theirs, nobody])).toBe('theirs');
  });

  it('knows conditions that are written as a line', () => {
    const busy = { quota: { fiveHour: 95, weekly: null } };
    const rules = [rule({ condition: 'usage.fiveHour > 90 && agent.type == "architect"' })];
    expect(spokesman(rules, busy)).toBe('mine');
    expect(spokesman(rules)).toBeNull();
    expect(
      spokesman([rule({ condition: 'task.complexity == "high"', when: { agent: 'explore' } })]),
    ).toBeNull();
  });
});

describe('compiled rules', () => {
  const source = { rules: [rule()], routing: { preferOpencode: [], preferClaude: [] }, agents: {} };

  it('are compiled once for a configuration', () => {
    expect(compiledRulesOf(source)).toBe(compiledRulesOf(source));
  });

  it('say what their conditions read', () => {
    const rules = [rule({ when: { time: '9:00-10:00' } }), rule({ condition: 'promptChars > 5' })];
    expect(compileRules({ ...source, rules }).reads).toEqual({
      time: true,
      project: false,
      promptChars: true,
      files: false,
    });
  });

  it.each([{ quota: 'much' }, { time: 'noon' }])('are refused with %j in them', (when) => {
    expect(() => compileRules({ ...source, rules: [rule({ when })] })).toThrow(/not a/);
  });
});

import { distance } from 'fastest-levenshtein';
import { describe, expect, it } from 'vitest';
import { guardProjectLayer } from '../../../src/core/config/guard-project-layer.ts';
import { resolveConfig } from '../../../src/core/config/resolve-config.ts';

const good = { id: 'good', action: 'force_claude' };
const read = (rule: unknown) => resolveConfig([{ source: 'f', value: { rules: [good, rule] } }], distance);

describe('rules in a configuration', () => {
  it.each([
    [{ id: 'a', action: 'prefer_opencode', priority: 10, when: { agent: 'explore', quota: '>= 70' } }],
    [{ id: 'b', action: 'force_opencode', target: 'Flash', when: { quota: { weekly: ['> 5', '< 9'] } } }],
    [
      {
        id: 'c',
        action: 'block',
        message: 'Later.',
        when: { time: '22:00-06:00', mode: ['default', '!fusion'] },
      },
    ],
    [
      {
        id: 'd',
        action: 'target',
        target: 'gemini/gemini-3-flash',
        when: { promptChars: '> 9', files: '*.sql' },
      },
    ],
    [{ id: 'e', action: 'default', condition: 'usage.fiveHour > 90', enabled: false, description: 'x' }],
    [{ id: 'high-usage', condition: 'usage.fiveHour > 90', action: 'prefer_opencode', priority: 100 }],
    [{ id: 'complex', condition: 'task.complexity == "high"', action: 'prefer_claude', priority: 80 }],
  ])('may say %j', (rule) => {
    const { config, problems } = read(rule);
    expect(problems).toEqual([]);
    expect(config.rules).toHaveLength(2);
  });

  it('have their target in the words that routing uses', () => {
    expect(read({ id: 'd', action: 'target', target: 'gemini/x' }).config.rules[1]?.target).toBe('google/x');
    expect(read({ id: 'd', action: 'target', target: 'Oracle' }).config.rules[1]?.target).toBe('oracle');
  });

  it.each([
    [{ ...good, id: undefined }, 'rules[1].id', /a name for the rule/, undefined],
    [{ id: 'x y', action: 'default' }, 'rules[1].id', /letters, digits/, undefined],
    [{ id: 'x', action: 'prefer_open' }, 'rules[1].action', /one of "prefer_opencode"/, 'prefer_opencode'],
    [{ id: 'x' }, 'rules[1].action', /one of "prefer_opencode"/, undefined],
    [{ id: 'x', action: 'block' }, 'rules[1].message', /what the conductor is told/, undefined],
    [{ id: 'x', action: 'target' }, 'rules[1].target', /oracle, codex, flash/, undefined],
    [{ id: 'x', action: 'target', target: 'gpt' }, 'rules[1].target', /provider\/model/, undefined],
    [{ id: 'x', action: 'target', target: 'anthropic/opus' }, 'rules[1].target', /force_claude/, undefined],
    [{ ...good, when: { agnet: 'x' } }, 'rules[1].when.agnet', /a known key/, 'rules.1.when.agent'],
    [{ ...good, message: 'no' }, 'rules[1].message', /a known key/, undefined],
    [{ ...good, when: { quota: '70' } }, 'rules[1].when.quota', /a comparison such as ">= 70"/, undefined],
    [
      { ...good, when: { quota: { fiveHour: 70 } } },
      'rules[1].when.quota',
      /one for each of fiveHour/,
      undefined,
    ],
    [{ ...good, when: { time: '25:00-26:00' } }, 'rules[1].when.time', /"22:00-06:00"/, undefined],
    [{ ...good, when: { tier: 'hihg' } }, 'rules[1].when.tier', /low, medium or high/, undefined],
    [
      { ...good, condition: 'moon == full' },
      'rules[1].condition',
      /usage.fiveHour.*not "moon == full"/,
      undefined,
    ],
    ['force_claude', 'rules[1]', /an object/, undefined],
  ])('say of %j what is wrong with it', (rule, keyPath, expected, suggestion) => {
    const { config, problems } = read(rule);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ keyPath, expected: expect.stringMatching(expected) });
    expect(problems[0]?.suggestion).toBe(suggestion);
    expect(config.rules, 'the others hold').toEqual([good]);
  });

  it('name the rule that is wrong', () => {
    const [problem] = read({ id: 'night', action: 'block' }).problems;
    expect(problem?.rule).toBe('night');
    expect(problem?.message).toContain('the rule "night" is ignored');
  });

  it('are counted as in the file, however many are wrong', () => {
    const value = { rules: [{ id: 'x' }, good, { ...good, when: 5 }, { id: 'last', action: 'default' }] };
    const { config, problems } = resolveConfig([{ source: 'f', value }]);
    expect(problems.map(({ keyPath }) => keyPath)).toEqual(['rules[0].action', 'rules[2].when']);
    expect(config.rules.map(({ id }) => id)).toEqual(['good', 'last']);
  });
});

describe("a project's rules", () => {
  const theirs = { id: 'theirs', action: 'force_claude', priority: 99 };
  const layers = (rules: unknown) => [
    { source: 'user', value: { rules: [good] } },
    { source: 'project', value: { rules }, origin: 'project' as const },
  ];

  it("come beside the user's own, and are known as the project's", () => {
    expect(resolveConfig(layers([theirs])).config.rules).toEqual([good, { ...theirs, origin: 'project' }]);
    expect(resolveConfig(layers([])).config.rules).toEqual([good]);
  });

  it('cannot claim to be anything else', () => {
    const { config, problems } = resolveConfig([
      { source: 'user', value: { rules: [{ ...good, origin: 'project' }] } },
    ]);
    expect(problems).toMatchObject([{ keyPath: 'rules[0].origin', code: 'unknown-key' }]);
    expect(config.rules).toEqual([]);
  });

  it('may keep work on Claude, and no more', () => {
    const actions = ['prefer_claude', 'force_claude', 'default'];
    const others = ['prefer_opencode', 'force_opencode', 'target', 'block'];
    const value = { rules: [...actions, ...others].map((action) => ({ id: action, action })) };
    const guarded = guardProjectLayer('project', value);
    expect(guarded.value).toEqual({ rules: actions.map((action) => ({ id: action, action })) });
    expect(guarded.problems).toMatchObject(
      others.map((action, index) => ({
        code: 'not-allowed-in-project',
        keyPath: `rules[${index + 3}].action`,
        rule: action,
      })),
    );
  });

  it.each([{ rules: 5 }, { rules: [null, 'x', { action: 7 }] }, []])('leaves %j to the schema', (value) => {
    expect(guardProjectLayer('project', value)).toEqual({ value, problems: [] });
  });
});

import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../../src/core/rules/parse-condition.ts';

describe('parseCondition', () => {
  it.each([
    ['usage.fiveHour > 90', [{ quota: { fiveHour: '> 90' } }]],
    ['usage.weekly>85', [{ quota: { weekly: '> 85' } }]],
    ['usage >= 70 and usage < 90', [{ quota: '>= 70' }, { quota: '< 90' }]],
    ['task.complexity == "high"', [{ tier: 'high' }]],
    ["agent.type == 'security-reviewer'", [{ agent: 'security-reviewer' }]],
    ['agent.type != planner && mode == fusion', [{ agent: '!planner' }, { mode: 'fusion' }]],
    ['prompt.chars > 20000', [{ promptChars: '> 20000' }]],
  ])('reads %s', (text, when) => {
    expect(parseCondition(text)).toEqual({ ok: true, when });
  });

  it.each([
    ['', 'shape'],
    ['agent', 'shape'],
    ['usage.fiveHour > 90 &&', 'shape'],
    ['moon.phase == full', 'field'],
    ['usage.weekly > much', 'value'],
    ['agent.type > architect', 'value'],
    ['__proto__ == 1', 'shape'],
    ['constructor == 1', 'field'],
  ])('says of %j what is wrong with it: %s', (text, why) => {
    expect(parseCondition(text)).toMatchObject({ ok: false, why });
  });
});

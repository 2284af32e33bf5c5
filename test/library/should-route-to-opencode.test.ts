import { describe, expect, it } from 'vitest';
import * as library from '../../src/index.ts';

describe('the library', () => {
  it('brings the clock along', () => {
    const limits = (resetsAt: number) => ({ claude: { weekly: { percent: 91, resetsAt } } });
    const architect = { subagent_type: 'architect' };
    const inAnHour = new Date(Date.now() + 3_600_000).getTime() / 1000;
    expect(library.shouldRouteToOpenCode(architect, { limits: limits(inAnHour) }).reason).toBe(
      'claude-limit-91%',
    );
    expect(library.shouldRouteToOpenCode(architect, { limits: limits(inAnHour - 7_200) }).reason).toBe(
      'default',
    );
  });

  it('answers without options', () => {
    expect(library.shouldRouteToOpenCode({ subagent_type: 'architect' }).route).toBe(false);
  });
});

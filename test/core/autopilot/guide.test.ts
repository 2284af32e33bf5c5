import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AUTOPILOT_GUIDE } from '../../../src/core/autopilot/guide.ts';

it('is told by the skill in the same words', () => {
  const skill = readFileSync('plugin/skills/autopilot/SKILL.md', 'utf8');
  expect(skill.split('$ARGUMENTS\n\n')[1]).toBe(`${AUTOPILOT_GUIDE}\n`);
});

import { describe, expect, it } from 'vitest';
import { findDecisions, findTasks } from '../../../src/core/live/find-live.ts';
import { decision, liveTask } from './samples.ts';

describe('what is looked for', () => {
  it('has every word in it, in whichever place and case', () => {
    const all = [decision({ agent: 'explore', reason: 'fusion' }), decision({ agent: 'architect' })];
    expect(findDecisions(all, 'EXPLORE fus')).toEqual([all[0]]);
    expect(findDecisions(all, 'explore nothing')).toEqual([]);
    expect(findDecisions(all, '  ')).toEqual([...all].reverse());
  });

  it('shows what runs first, the newest of it at the top', () => {
    const tasks = [
      liveTask({ id: 'old' }),
      liveTask({ id: 'done', state: 'done' }),
      liveTask({ id: 'new' }),
      liveTask({ id: 'failed', state: 'failed' }),
    ];
    expect(findTasks(tasks, '').map(({ id }) => id)).toEqual(['new', 'old', 'failed', 'done']);
  });
});

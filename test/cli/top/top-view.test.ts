import { describe, expect, it } from 'vitest';
import { FIRST_VIEW, pressKey, type TopView } from '../../../src/cli/top/top-view.ts';
import { beginLive, type LiveState } from '../../../src/core/live/live-state.ts';
import { liveWords } from '../../../src/core/live/live-words.ts';
import { liveTask } from '../../core/live/samples.ts';

const STATE: LiveState = {
  ...beginLive({ tasks: 9, runs: 1, decisions: 1, problems: 1, textChars: 10 }),
  tasks: [liveTask({ id: 'done', state: 'done' }), liveTask({ id: 'one' }), liveTask({ id: 'two' })],
};

const press = (view: TopView, ...keys: readonly string[]) =>
  keys.reduce((step, key) => pressKey(STATE, step.view, key, liveWords('en')), {
    view,
    action: null,
  } as ReturnType<typeof pressKey>);

describe('a key in omcm top', () => {
  it('moves the choice, and not beyond the ends', () => {
    expect(press(FIRST_VIEW, 'j').view.chosen).toBe('one');
    expect(press(FIRST_VIEW, 'down', 'down', 'down', 'down').view.chosen).toBe('done');
    expect(press(FIRST_VIEW, 'k').view.chosen).toBe('two');
  });

  it('cancels the chosen task, but only after a yes', () => {
    expect(press(FIRST_VIEW, 'c')).toMatchObject({ view: { asks: 'confirm' }, action: null });
    expect(press(FIRST_VIEW, 'c', 'y').action).toEqual({ type: 'cancel', task: 'two' });
    expect(press(FIRST_VIEW, 'c', 'n')).toMatchObject({ view: { asks: 'nothing' }, action: null });
    expect(press(FIRST_VIEW, 'c', 'enter').action).toBeNull();
  });

  it('does not offer to cancel what has ended', () => {
    expect(press(FIRST_VIEW, 'j', 'j', 'c').view.asks).toBe('nothing');
  });

  it('says who can stop what works with the tools of Claude Code', () => {
    const state = { ...STATE, tasks: [liveTask({ canCancel: false })] };
    const { view, action } = pressKey(state, FIRST_VIEW, 'c', liveWords('en'));
    expect(view).toMatchObject({ asks: 'nothing', note: expect.stringContaining('Claude Code') });
    expect(action).toBeNull();
  });

  it('belongs to the filter while one is typed, q too', () => {
    const typed = press(FIRST_VIEW, '/', 'q', '가', 'x', 'backspace');
    expect(typed).toMatchObject({ view: { query: 'q가', asks: 'filter' }, action: null });
    expect(press(typed.view, 'enter').view).toMatchObject({ query: 'q가', asks: 'nothing' });
    expect(press(typed.view, 'escape').view).toMatchObject({ query: '', asks: 'nothing' });
  });

  it.each([['q'], ['ctrl-c']])('%s ends it', (key) => {
    expect(press(FIRST_VIEW, key).action).toEqual({ type: 'quit' });
  });

  it('Ctrl-C ends it while a filter is typed, too', () => {
    expect(press(FIRST_VIEW, '/', 'ctrl-c').action).toEqual({ type: 'quit' });
  });
});

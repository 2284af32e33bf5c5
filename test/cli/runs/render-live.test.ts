import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../../src/cli/messages.ts';
import { renderLive } from '../../../src/cli/runs/render-live.ts';
import type { RunResult, RunTask } from '../../../src/cli/runs/run-result.ts';

const NOW = 1_000_000;
const WORK = {
  tokens: { input: 1_000, output: 200, reasoning: 30, cacheRead: 4, cacheWrite: 0 },
  costUsd: 0,
  filesChanged: [],
  model: 'gpt-5.2',
  provider: 'openai',
  durationMs: 5,
  fullTextFile: null,
};

const task = (id: string, more: Partial<RunTask> = {}): RunTask => ({
  id,
  agent: 'explore',
  state: 'waiting',
  model: null,
  worker: null,
  startedAt: null,
  end: null,
  text: '',
  work: null,
  changes: null,
  ...more,
});
const running = (id: string, model: string | null = 'gemini-3-flash') =>
  task(id, { state: 'running', model, startedAt: NOW - 2_500 });
const result = (...tasks: readonly RunTask[]): RunResult => ({
  runId: 'r',
  done: false,
  paused: false,
  tasks,
});
const render = (shown: RunResult, more: object = {}) =>
  renderLive(shown, messagesIn('en'), { now: NOW, columns: 100, mostRows: 3, ...more });

describe('a run that goes on', () => {
  it('shows on which worker of a team a task is', () => {
    const elsewhere = { ...running('look'), worker: 'gpu-1-4711' };
    expect(render(result(elsewhere))[0]).toMatch(/look +explore +gemini-3-flash +gpu-1-4711$/);
  });

  it('shows who is at work on what, for how long, and the sums', () => {
    const lines = render(
      result(
        task('first', {
          state: 'done',
          end: { outcome: 'done' },
          work: WORK,
          startedAt: NOW - 60_000,
        }),
        task('bad', { state: 'failed', end: { outcome: 'failed', code: 'c', message: 'm' } }),
        running('look'),
        running('build', null),
        task('later'),
      ),
    );
    expect(lines[0]).toMatch(/^ +2\.5 s {2}look +explore +gemini-3-flash$/);
    expect(lines[1]).toMatch(/^ +2\.5 s {2}build +explore +getting ready$/);
    expect(lines.slice(2)).toEqual(['2 of 5 tasks ended · 1 failed · 1.2k tokens · 1 min 0 s']);
  });

  it('counts those for whom there is no room', () => {
    const lines = render(result(...['a', 'b', 'c', 'd', 'e'].map((id) => running(id))));
    expect(lines).toHaveLength(5);
    expect(lines[3]).toBe('  and 2 more');
  });

  it.each([20, 40, 79])('never fills a line of %d columns, whatever stands in it', (columns) => {
    const long = running('한국어로 된 아주 긴 이름의 작업입니다\u001b[2J\n', 'model'.repeat(20));
    for (const line of render(result(long), { columns })) {
      const width = [...line].reduce((sum, letter) => sum + (/[가-힣]/.test(letter) ? 2 : 1), 0);
      expect(width).toBeLessThan(columns);
      expect(line.includes('\u001b') || line.includes('\n')).toBe(false);
    }
  });
});

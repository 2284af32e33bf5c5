import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../../src/core/delegation/failure.ts';
import type { Work } from '../../../src/daemon/native-tools/work.ts';
import { assigned, FLASH, GPT, tokens, useDesk, type WatchedDesk } from './support.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MINUTE = 60_000;
const codes = ({ ended }: WatchedDesk) => ended.map((entry) => entry.failure?.code ?? null);

function begin(given?: Parameters<typeof assigned>[0]): WatchedDesk & { readonly take: () => Work } {
  const watched = useDesk();
  watched.desk.open(assigned(given));
  const take = () => {
    const work = watched.desk.take('a1');
    if (work === null) throw new Error('nobody works there');
    return work;
  };
  return { ...watched, take };
}

describe('a subagent whose requests other models answer', () => {
  it('has finished when nothing follows its answer, with all that it took of each model', () => {
    const watched = begin();
    const { desk, take, ended, running } = watched;
    const work = take();
    desk.spend(work, FLASH, tokens(100, 10));
    desk.expect(work);
    expect(running.get('r1'), 'budgets hear of it while it works').toBe(110);
    take();
    desk.spend(work, GPT, tokens(200, 20));
    desk.answered(work, 'x'.repeat(400));
    expect(ended).toEqual([]);

    vi.advanceTimersByTime(10_000);

    expect(codes(watched)).toEqual([null]);
    expect(ended[0]).toMatchObject({
      outcome: {
        provider: 'openai',
        model: 'gpt-5.2',
        costUsd: 1,
        tokens: { input: 300, output: 30 },
        // To its answer, and not to the moment when nothing had followed.
        durationMs: 0,
      },
      spent: [
        { provider: 'gemini', tokens: { input: 100 } },
        { provider: 'openai', tokens: { input: 200 } },
      ],
      answerTokens: 100,
    });
    expect(running.size).toBe(0);
    expect(desk.running()).toBe(0);
    expect(desk.take('a1')).toBeNull();
  });

  it('goes on where something follows, as after the summary of a compaction', () => {
    const watched = begin();
    const { desk, take } = watched;
    desk.answered(take(), 'a summary');
    const work = take();
    vi.advanceTimersByTime(10 * MINUTE);
    expect(codes(watched), 'a model may think for long').toEqual([]);
    desk.expect(work);
    vi.advanceTimersByTime(10 * MINUTE);
    expect(codes(watched), 'a tool may take its time').toEqual([]);
  });

  it.each([
    ['after it was broken off', (desk: WatchedDesk['desk'], work: Work) => desk.brokenOff(work), 10_000],
    ['long after its last call', (desk: WatchedDesk['desk'], work: Work) => desk.expect(work), 16 * MINUTE],
  ])('has been cancelled when nothing follows %s', (_, leave, ms) => {
    const watched = begin();
    leave(watched.desk, watched.take());
    vi.advanceTimersByTime(ms);
    expect(codes(watched)).toEqual(['cancelled']);
  });

  it('is ended by a new call under its name: finished if it had answered, cancelled if not', () => {
    const watched = begin();
    const { desk, take } = watched;
    desk.answered(take(), 'done');
    desk.open(assigned({ requestId: 'r2' }));
    desk.open(assigned({ requestId: 'r3' }));
    vi.advanceTimersByTime(10_000);
    expect(watched.ended.map(({ requestId }) => requestId)).toEqual(['r1', 'r2']);
    expect(codes(watched)).toEqual([null, 'cancelled']);
    expect(desk.running()).toBe(1);
  });

  it('is written down when the daemon leaves', () => {
    const watched = begin();
    const { desk, take } = watched;
    desk.answered(take(), 'done');
    desk.open(assigned({ requestId: 'r2', agentId: 'a2' }));
    desk.closeAll();
    expect(codes(watched)).toEqual([null, 'cancelled']);
    vi.advanceTimersByTime(60 * MINUTE);
    expect(watched.ended).toHaveLength(2);
  });

  it('ends once, whatever comes of it later', () => {
    const watched = begin();
    const { desk, take } = watched;
    const work = take();
    desk.fail(work, failure('provider-rate-limited'), false);
    desk.answered(work, 'late');
    desk.brokenOff(work);
    vi.advanceTimersByTime(60 * MINUTE);
    expect(codes(watched)).toEqual(['provider-rate-limited']);
  });
});

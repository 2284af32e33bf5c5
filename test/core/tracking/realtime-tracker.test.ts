import { describe, expect, it } from 'vitest';
import { RealtimeTracker } from '../../../src/core/tracking/realtime-tracker.ts';
import type { RoutingEvent } from '../../../src/core/tracking/tracked-event.ts';

const event = (timestamp: number): RoutingEvent => ({
  type: 'routing',
  timestamp,
  agent: 'architect',
  provider: 'openai',
  responseTime: 245,
});

describe('the tracker', () => {
  it('keeps a thousand events by default, and gives the last of them, oldest first', () => {
    const tracker = new RealtimeTracker();
    for (let at = 1; at <= 1_005; at += 1) tracker.recordEvent(event(at));
    expect(tracker.size).toBe(1_000);
    expect(tracker.getRecent(3).map(({ timestamp }) => timestamp)).toEqual([1_003, 1_004, 1_005]);
    expect(tracker.getRecent()).toHaveLength(1_000);
  });

  it('takes events of other kinds', () => {
    const tracker = new RealtimeTracker<{ type: string; timestamp: number; mine: string }>({ capacity: 2 });
    tracker.recordEvent({ type: 'mine', timestamp: 1, mine: 'yes' });
    expect(tracker.getRecent(10)).toEqual([{ type: 'mine', timestamp: 1, mine: 'yes' }]);
  });

  it('tells who listens, as long as they do', () => {
    const tracker = new RealtimeTracker();
    const heard: number[] = [];
    const listener = ({ timestamp }: RoutingEvent | { timestamp: number }) => void heard.push(timestamp);
    const [endFirst] = [tracker.subscribe(listener), tracker.subscribe(listener)];
    tracker.recordEvent(event(1));
    endFirst?.();
    endFirst?.();
    tracker.recordEvent(event(2));
    expect(heard).toEqual([1, 1, 2]);
  });

  it('loses nothing where a listener throws, and says so', () => {
    const errors: unknown[] = [];
    const tracker = new RealtimeTracker({ onListenerError: (error) => errors.push(error) });
    const heard: number[] = [];
    tracker.subscribe(() => {
      throw new Error('broken');
    });
    tracker.subscribe(({ timestamp }) => void heard.push(timestamp));
    tracker.recordEvent(event(7));
    expect(heard).toEqual([7]);
    expect(tracker.getRecent(1)).toHaveLength(1);
    expect(errors.map(String)).toEqual(['Error: broken']);
  });
});

import { EventEmitter } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchForTheEnd } from '../../../src/cli/demo/processes/watch-for-the-end.ts';

function useWatch(stdout = new EventEmitter()) {
  const watch = watchForTheEnd(stdout);
  onTestFinished(watch.release);
  return { watch, stdout };
}

describe('the end that comes early', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is an interruption by %s', (signal) => {
    const { watch } = useWatch();
    expect(watch.why()).toBeNull();
    process.emit(signal);
    expect(watch.signal.aborted).toBe(true);
    expect(watch.why()).toBe('interrupted');
  });

  it('is nobody reading any more, which others may not answer by leaving at once', () => {
    const stdout = new EventEmitter();
    let left = 0;
    stdout.on('error', () => {
      left += 1;
    });
    const { watch } = useWatch(stdout);
    stdout.emit('error', new Error('EPIPE'));
    expect(watch.why()).toBe('nobody-reads');
    expect(left).toBe(0);

    watch.release();
    stdout.emit('error', new Error('EPIPE'));
    expect(left).toBe(1);
  });

  it('is told by what came first', () => {
    const { watch, stdout } = useWatch();
    stdout.emit('error', new Error('EPIPE'));
    process.emit('SIGINT');
    expect(watch.why()).toBe('nobody-reads');
  });
});

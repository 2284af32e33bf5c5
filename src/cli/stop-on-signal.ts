import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** What a shell says of a program that a signal has ended: 128 and its number. */
const SIGNALLED = 128;

/**
 * The first Ctrl-C (or SIGTERM) asks `work` to stop, the second ends the program. The listener stays until the work is
 * over: a library that cleans up at exit (signal-exit) ends the program where it finds nobody else listening.
 */
export async function stopOnSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const onSignal = (name: (typeof SIGNALS)[number]) => {
    if (interrupt.signal.aborted) process.exit(SIGNALLED + constants.signals[name]);
    interrupt.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    return await work(interrupt.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
  }
}

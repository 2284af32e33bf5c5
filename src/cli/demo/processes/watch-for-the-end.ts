// While the demo runs, nothing may end this process before what it started has been ended: not Ctrl-C, not a closed
// terminal, not `| head`.

export type End = 'interrupted' | 'nobody-reads';

export type EndWatch = {
  readonly signal: AbortSignal;
  /** Why it is to end early; null as long as it is not. */
  why(): End | null;
  release(): void;
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function watchForTheEnd(stdout: NodeJS.EventEmitter = process.stdout): EndWatch {
  const abort = new AbortController();
  let reason: End | null = null;
  const end = (why: End) => {
    reason ??= why;
    abort.abort();
  };
  const onSignal = () => end('interrupted');
  const onError = () => end('nobody-reads');
  for (const signal of SIGNALS) process.on(signal, onSignal);
  // Others would leave at once; they have their turn again afterwards.
  const others = stdout.listeners('error') as ((error: Error) => void)[];
  stdout.removeAllListeners('error');
  stdout.on('error', onError);
  return {
    signal: abort.signal,
    why: () => reason,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      stdout.off('error', onError);
      for (const listener of others) stdout.on('error', listener);
    },
  };
}

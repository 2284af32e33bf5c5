import { failure } from '../../core/delegation/failure.ts';

export type Silence = {
  /** Aborted where nothing was heard for too long. */
  readonly signal: AbortSignal;
  /** From now on somebody has to say something. */
  wait(): void;
  /** Somebody has, or nobody has to any more. */
  stop(): void;
};

export function watchSilence(longestMs: number): Silence {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  return {
    signal: controller.signal,
    stop,
    wait: () => {
      stop();
      timer = setTimeout(() => controller.abort(failure('provider-silent')), longestMs);
    },
  };
}

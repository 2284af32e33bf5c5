/** What somebody who looks on may have done. */
import type { LiveAction } from '../../protocol/live.ts';

type Cancellable = { cancel(): unknown };

export type ActServices = {
  cancelTask(id: string): boolean;
  readonly runs: { find(id: string): Cancellable | undefined };
  setFallback(set: 'on' | 'off' | 'auto'): Promise<unknown>;
  /** `null`: no server has this port. */
  recyclePool(port: number): object | null;
};

/** `false`: what it is about is not there (any more). */
export async function act(services: ActServices, action: LiveAction): Promise<boolean> {
  switch (action.action) {
    case 'cancel-task':
      return services.cancelTask(action.task);
    case 'cancel-run': {
      const run = services.runs.find(action.run);
      run?.cancel();
      return run !== undefined;
    }
    case 'fallback':
      await services.setFallback(action.set);
      return true;
    case 'recycle':
      return services.recyclePool(action.port) !== null;
  }
}

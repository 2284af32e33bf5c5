/** What somebody who looks on may have done. */
import type { LiveAction } from '../../protocol/live.ts';
import type { DaemonServices } from '../daemon-services.ts';

export type ActServices = Pick<DaemonServices, 'findTask' | 'runs' | 'setFallback' | 'recyclePool'>;

/** `false`: what it is about is not there (any more). */
export async function act(services: ActServices, action: LiveAction): Promise<boolean> {
  switch (action.action) {
    case 'cancel-task': {
      const task = services.findTask(action.task);
      task?.cancel();
      return task !== undefined;
    }
    case 'cancel-run':
      return services.runs.find(action.run)?.cancel() ?? false;
    case 'fallback':
      await services.setFallback(action.set);
      return true;
    case 'recycle':
      return services.recyclePool(action.port) !== null;
  }
}

/** The seed's name for the decision who does a task of some type. */
import { routeTask, type TaskCircumstances, type TaskRoute } from '../core/strategy/route-task.ts';

/** Who does a task of some type, and by which way; by the same decision as `shouldRouteToOpenCode`. */
export class TaskRouter {
  /**
   * @param type An agent's name, or one of the seed's task types, such as `analyzer` or `explorer`.
   *
   * @example
   * TaskRouter.routeTask('explorer', { mode: 'save-tokens' })
   * // { target: 'opencode', agent: 'explore', strategy: 'serve', reason: 'token-saving-agent-explore' }
   */
  static routeTask(type: string, circumstances?: TaskCircumstances): TaskRoute {
    return routeTask(type, circumstances);
  }

  /** As the static one. */
  routeTask(type: string, circumstances?: TaskCircumstances): TaskRoute {
    return routeTask(type, circumstances);
  }
}

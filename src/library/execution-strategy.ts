/** The seed's name for the choice among the three ways to OpenCode. */
import { selectStrategy as select } from '../core/strategy/select-strategy.ts';
import type { SelectedStrategy, Strategy, StrategyChoice } from '../core/strategy/strategy.ts';

export type ExecutionTask = {
  /** What the task needs: any way at all (`run`), a server, or ACP. */
  readonly type: Strategy;
  /** Left out: nobody knows, and it counts as long. */
  readonly estimatedMs?: number;
};

export type ExecutionCircumstances = {
  readonly serverRunning?: boolean;
  readonly acpAvailable?: boolean;
  /** `spec` is the seed's table to the letter; left out, a warm server is preferred whatever the length. */
  readonly strategy?: StrategyChoice;
};

/** Which way a task takes to OpenCode: a warm server, a process of its own, or the Agent Client Protocol. */
export class ExecutionStrategy {
  /**
   * @example
   * ExecutionStrategy.selectStrategy({ type: 'run', estimatedMs: 5_000 }, { strategy: 'spec' })
   * // { strategy: 'run', reason: 'spec-short-run', fellFrom: null }
   */
  static selectStrategy(task: ExecutionTask, circumstances: ExecutionCircumstances = {}): SelectedStrategy {
    const { serverRunning = false, acpAvailable = false, strategy } = circumstances;
    return select({
      asked: strategy ?? (task.type === 'acp' ? 'acp' : 'auto'),
      server: serverRunning ? 'running' : 'startable',
      acpAvailable,
      task,
    });
  }

  /** As the static one. */
  selectStrategy(task: ExecutionTask, circumstances?: ExecutionCircumstances): SelectedStrategy {
    return ExecutionStrategy.selectStrategy(task, circumstances);
  }
}

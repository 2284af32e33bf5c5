/** One subagent whose model requests are answered by others, from the call to the last answer. */
import type { Budgets } from '../../core/budget/budgets.ts';
import type { MessagesBody } from '../../core/native-tools/messages-body.ts';
import type { ModelAccess } from '../../core/native-tools/model-access.ts';
import type { RoutedDecision, Target } from '../../core/routing/decision.ts';
import type { ModelSpent } from '../../core/savings/task-savings.ts';
import type { ParsedTaskRequest, TaskEvent } from '../../protocol/task.ts';
import type { TaskTrace } from '../tracking/task-traces.ts';

export type AssignedTask = {
  readonly requestId: string;
  readonly agentId: string;
  readonly request: ParsedTaskRequest;
  readonly decision: RoutedDecision;
  readonly trace: TaskTrace;
  /** For whoever looks on. */
  readonly tell: (event: TaskEvent) => void;
  /** Longest silence of a vendor. */
  readonly patienceMs: number;
  readonly budgets: Budgets;
  /** How many tokens it may take; `null`: as many as it needs. */
  readonly limit: number | null;
  /** What is to stand before this answer. */
  readonly mark?: (body: MessagesBody, target: Target) => string | null;
};

export type Work = AssignedTask & {
  readonly startedAt: number;
  /** What a conversation is begun with, it is gone on with: the first is the one that answered last. */
  targets: readonly Target[];
  byModel: readonly ModelSpent[];
  /** Asked of OpenCode once. */
  readonly access: Map<Target, ModelAccess>;
};

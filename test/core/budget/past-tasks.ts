import type { Budgets } from '../../../src/core/budget/budgets.ts';
import type { PastTask } from '../../../src/core/budget/past-task.ts';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';

export function past(more: Partial<PastTask> = {}): PastTask {
  return {
    day: 1,
    agent: 'explore',
    model: 'gemini/gemini-3-flash',
    engine: 'opencode',
    tokens: 10,
    costUsd: 0,
    finished: true,
    sessionId: null,
    runId: null,
    ...more,
  };
}

export const budgets = (more: Partial<Budgets> = {}): Budgets => ({ ...DEFAULT_CONFIG.budgets, ...more });

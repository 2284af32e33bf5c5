import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import type { RoutedDecision, Target } from '../../../src/core/routing/decision.ts';
import { parseTarget } from '../../../src/core/routing/list-targets.ts';
import type { AssignedTask } from '../../../src/daemon/native-tools/work.ts';
import { createWorkDesk, type WorkDesk } from '../../../src/daemon/native-tools/work-desk.ts';
import type { Ended } from '../../../src/daemon/tracking/recorder.ts';
import type { Noted, TaskTrace } from '../../../src/daemon/tracking/task-traces.ts';
import { taskRequestSchema } from '../../../src/protocol/task.ts';

export const FLASH = parseTarget('google/gemini-3-flash') as Target;
export const GPT = parseTarget('openai/gpt-5.2') as Target;

const NO_TRACE: TaskTrace = { note: () => undefined, end: () => undefined };

export function assigned(given: Partial<AssignedTask> = {}): AssignedTask {
  const decision: RoutedDecision = {
    route: true,
    engine: 'native-tools',
    reason: 'fusion-default-writer',
    step: 'mode',
    agent: { requested: 'writer', name: 'writer', known: true },
    target: FLASH,
    alternatives: [GPT],
    role: 'flash',
    roleLabel: 'Flash',
    opencodeAgent: 'build',
    tier: 'low',
    writes: true,
  };
  const request = taskRequestSchema.parse({
    agent: 'writer',
    prompt: 'write it down',
    directory: '/project',
    sessionId: 's1',
    permissionMode: 'default',
  });
  const bounds = { patienceMs: 60_000, budgets: DEFAULT_CONFIG.budgets, limit: null };
  const told = { trace: NO_TRACE, tell: () => undefined };
  return { requestId: 'r1', agentId: 'a1', request, decision, ...told, ...bounds, ...given };
}

/** Keeps what is noted of a call. */
export function keepTrace(): { readonly trace: TaskTrace; readonly notes: readonly Noted[] } {
  const notes: Noted[] = [];
  return { notes, trace: { note: (note) => void notes.push(note), end: () => undefined } };
}

export type WatchedDesk = {
  readonly desk: WorkDesk;
  readonly ended: readonly Ended[];
  /** Of running tasks, as the budgets hear of them; one that has ended is gone. */
  readonly running: ReadonlyMap<string, number>;
};

export function useDesk(): WatchedDesk {
  const ended: Ended[] = [];
  const running = new Map<string, number>();
  const desk = createWorkDesk({
    recorder: { ended: (entry) => void ended.push(entry) },
    spending: {
      progress: ({ task, tokens }) => void running.set(task, tokens),
      ended: (task) => void running.delete(task),
    },
    now: Date.now,
  });
  return { desk, ended, running };
}

export function tokens(input: number, output: number) {
  return { tokens: { input, output, reasoning: 0, cacheRead: 0, cacheWrite: 0 }, costUsd: 0.5 };
}

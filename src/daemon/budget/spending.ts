/**
 * Knows what delegated work has used, and what budgets say of more. What has ended is read from task-outcomes.jsonl,
 * so that it outlives the daemon; what runs is told step by step.
 */
import { localDayOf, readPastTasks } from '../../adapters/files/past-tasks.ts';
import { canonicalAgentName } from '../../core/agents/resolve-agent.ts';
import { type BudgetEvent, findBudgetEvent, TOLD_SCOPES } from '../../core/budget/budget-event.ts';
import { type Budgets, hasBudgets } from '../../core/budget/budgets.ts';
import { typicalTokens } from '../../core/budget/expect-tokens.ts';
import { type Favour, favourEngine } from '../../core/budget/favour-engine.ts';
import { forecastSpending, type PlannedTask } from '../../core/budget/forecast-spending.ts';
import { type BudgetVerdict, judgeCall } from '../../core/budget/judge-call.ts';
import {
  type BudgetCheck,
  judgeForecast,
  type TeamUsed,
  type Used,
} from '../../core/budget/judge-forecast.ts';
import { EMPTY_LEDGER, noteTasks } from '../../core/budget/ledger.ts';
import type { PastTask } from '../../core/budget/past-task.ts';
import { summariseUse, type UseSummary } from '../../core/budget/summarise-use.ts';
import { type RunningUse, type Use, usedByRunning, usedInSession, usedToday } from '../../core/budget/use.ts';

export type Call = {
  readonly agent: string;
  readonly sessionId?: string | undefined;
  readonly confirmed?: boolean | undefined;
};

export type Spending = {
  /** Reads what tasks of an earlier daemon have used. */
  start(): Promise<void>;
  /** `undefined`: there is no budget that could say anything. */
  verdict(call: Call, budgets: Budgets): BudgetVerdict | null | undefined;
  check(tasks: readonly PlannedTask[], budgets: Budgets, sessionId: string | null): BudgetCheck;
  /** How many tokens this task may take; `null`: as many as it needs. */
  limitOf(call: Call, budgets: Budgets): number | null;
  /** By which engine this agent costs less, as far as was measured. */
  favours(agent: string): Favour;
  /** What a running task has used so far. */
  progress(running: RunningUse, budgets: Budgets): void;
  /** `null`: it broke, and what it used is not known. */
  ended(task: string, past: EndedTask | null, budgets: Budgets): void;
  summary(budgets: Budgets): UseSummary;
};

export type EndedTask = Omit<PastTask, 'day'> & {
  /** By a worker, whose own daemon has told the team of it. */
  readonly doneElsewhere?: boolean;
};

export type SpendingOptions = {
  /** What all machines that count together have used; `undefined`: this one counts for itself alone. */
  readonly team: () => TeamUsed | undefined;
  readonly onSpent: (task: string, tokens: number) => void;
  readonly file: string;
  readonly now: () => number;
  /** Once for each day and session. */
  readonly onEvent: (event: BudgetEvent) => void;
  readonly onProgress: (running: RunningUse) => void;
  readonly onProblem: (code: string, message: string) => void;
};

/** Beyond so many, somebody may be told twice. */
const MOST_TOLD = 1_000;

export function createSpending(options: SpendingOptions): Spending {
  const { file, now, onEvent, onProgress, onProblem } = options;
  let ledger = EMPTY_LEDGER;
  const running = new Map<string, RunningUse>();

  const use = (): Use => ({ ledger, running: [...running.values()], today: localDayOf(now()) });
  const team = (): TeamUsed | undefined => {
    const told = options.team();
    const now = usedByRunning(use());
    return told && { day: told.day + now, month: told.month + now };
  };
  const usedBy = (sessionId: string | null | undefined): Used => ({
    day: usedToday(use()),
    session: sessionId ? usedInSession(use(), sessionId) : null,
    team: team(),
  });
  const told = new Set<string>();
  const tell = (sessionId: string | null, budgets: Budgets) => {
    const { day, session, team: together } = usedBy(sessionId);
    const amounts = { day, session, teamDay: together?.day, teamMonth: together?.month };
    for (const scope of TOLD_SCOPES) {
      const event = findBudgetEvent(scope, amounts[scope] ?? 0, budgets);
      const key = `${scope} ${scope === 'session' ? sessionId : localDayOf(now())} ${event?.type}`;
      if (event === null || told.has(key)) continue;
      if (told.size > MOST_TOLD) told.clear();
      told.add(key);
      onEvent({ ...event, at: now() });
    }
  };
  const typical = (agent: string) => typicalTokens(ledger, canonicalAgentName(agent));

  return {
    start: async () => {
      try {
        ledger = noteTasks(ledger, await readPastTasks(file));
      } catch (error) {
        onProblem('task-outcomes', String(error));
      }
    },
    verdict: ({ agent, sessionId, confirmed }, budgets) => {
      if (!hasBudgets(budgets) || confirmed === true) return undefined;
      return judgeCall({ budgets, used: usedBy(sessionId), typical: typical(agent) });
    },
    check: (tasks, budgets, sessionId) =>
      judgeForecast(forecastSpending(tasks, ledger), budgets, usedBy(sessionId)),
    limitOf: ({ agent, confirmed }, { task }) => {
      const expected = confirmed === true ? typical(agent) : null;
      // The yes was to the figures: who was told that it takes more has allowed it to.
      return task !== null && expected !== null && expected.tokens > task ? null : task;
    },
    favours: (agent) => {
      const name = canonicalAgentName(agent);
      const favoured = favourEngine(ledger, name);
      // Of many at once, one is a trial.
      const isAtWork = [...running.values()].some((one) => one.agent === name);
      return favoured === 'trial' && isAtWork ? 'opencode' : favoured;
    },
    progress: (one, budgets) => {
      running.set(one.task, one);
      onProgress(one);
      tell(one.sessionId, budgets);
    },
    ended: (task, past, budgets) => {
      running.delete(task);
      if (past === null) return;
      const { doneElsewhere = false, ...known } = past;
      ledger = noteTasks(ledger, [{ ...known, day: localDayOf(now()) }]);
      if (!doneElsewhere && past.tokens > 0) options.onSpent(task, past.tokens);
      tell(past.sessionId, budgets);
    },
    summary: (budgets) => summariseUse(use(), budgets, team()),
  };
}

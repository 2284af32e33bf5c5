/** What status lines show of sessions and of today: tokens by provider, and what was saved. */
import { startOfLocalDay } from '../../adapters/files/local-day.ts';
import type { TokenUsage } from '../../core/delegation/engine.ts';
import type { Flow, Flows, HudState } from '../../core/hud/hud-state.ts';
import type { ClaudeMessage } from '../../core/savings/claude-usage.ts';
import {
  type Band,
  estimateTask,
  type SavingsRules,
  type TaskRecord,
} from '../../core/savings/task-savings.ts';

export type HudBook = {
  addTask(task: TaskRecord): void;
  addClaude(messages: readonly ClaudeMessage[]): void;
  sessions(): HudState['sessions'];
  saved(rules: SavingsRules): HudState['saved'];
};

type Session = {
  /** By message: an answer grows while it is told. */
  readonly claude: Map<string, TokenUsage>;
  readonly others: Map<string, Flow>;
};

const KEPT_SESSIONS = 20;

export function createHudBook(now: () => number): HudBook {
  const sessions = new Map<string, Session>();
  /** By request, so that a task that is read from the log and heard of counts once. */
  const known = new Map<string, TaskRecord>();

  const sessionOf = (id: string): Session => {
    const session = sessions.get(id) ?? { claude: new Map(), others: new Map() };
    // The one that was heard of last is the last to go.
    sessions.delete(id);
    sessions.set(id, session);
    for (const [oldest] of sessions) {
      if (sessions.size <= KEPT_SESSIONS) break;
      sessions.delete(oldest);
    }
    return session;
  };
  const forgetYesterday = () => {
    const today = startOfLocalDay(now());
    for (const [id, { timestamp }] of known) if (timestamp < today) known.delete(id);
    return today;
  };

  return {
    addTask: (task) => {
      if (known.has(task.requestId)) return;
      known.set(task.requestId, task);
      if (task.sessionId === null) return;
      const { others } = sessionOf(task.sessionId);
      for (const { provider, tokens } of task.spent)
        others.set(provider, addFlow(others.get(provider), flowOf(tokens)));
    },
    addClaude: (messages) => {
      for (const { sessionId, messageId, tokens } of messages)
        sessionOf(sessionId).claude.set(messageId, tokens);
    },
    sessions: () => Object.fromEntries([...sessions].map(([id, session]) => [id, flowsOf(session)])),
    saved: (rules) => {
      const since = forgetYesterday();
      const tokens = [...known.values()].reduce<Band>(
        (sum, task) => addBand(sum, estimateTask(task, rules).savedTokens),
        { low: 0, high: 0 },
      );
      return { since, tokens };
    },
  };
}

function flowsOf({ claude, others }: Session): Flows {
  const own = [...claude.values()].map(flowOf).reduce(addFlow, { in: 0, out: 0 });
  return { claude: own, ...Object.fromEntries(others) };
}

function flowOf({ input, output, reasoning, cacheRead, cacheWrite }: TokenUsage): Flow {
  return { in: input + cacheRead + cacheWrite, out: output + reasoning };
}

function addFlow(a: Flow = { in: 0, out: 0 }, b: Flow): Flow {
  return { in: a.in + b.in, out: a.out + b.out };
}

function addBand(a: Band, b: Band): Band {
  return { low: a.low + b.low, high: a.high + b.high };
}

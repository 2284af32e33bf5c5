/** Of what is there, what is looked for: every word has to be in it, and what runs comes first. */
import type { LiveDecision, LiveProblem, LiveServer, LiveState, LiveTask, LiveWorker } from './live-state.ts';

export type FoundLive = {
  readonly tasks: readonly LiveTask[];
  /** The newest first, as the others too. */
  readonly decisions: readonly LiveDecision[];
  readonly problems: readonly LiveProblem[];
  readonly servers: readonly LiveServer[];
};

export function findLive(state: LiveState, query: string): FoundLive {
  return {
    tasks: findTasks(state.tasks, query),
    decisions: findDecisions(state.decisions, query),
    problems: findProblems(state.problems, query),
    servers: findServers(state.levels.pool?.servers ?? [], query),
  };
}

export function findTasks(tasks: readonly LiveTask[], query: string): readonly LiveTask[] {
  const found = find(tasks, query, (task) => [
    task.agent,
    task.target,
    task.worker,
    task.state,
    task.prompt,
    task.directory,
    task.activity,
    task.failure,
    task.id,
    task.sessionId,
    task.runId,
  ]).toReversed();
  const isAtWork = ({ state }: LiveTask) => state === 'running';
  return [...found.filter(isAtWork), ...found.filter((task) => !isAtWork(task))];
}

export function findDecisions(decisions: readonly LiveDecision[], query: string): readonly LiveDecision[] {
  return find(decisions, query, ({ agent, decision, reason, provider, model, requestId, sessionId }) => [
    agent,
    decision,
    reason,
    `${provider}/${model}`,
    requestId,
    sessionId,
  ]).toReversed();
}

export function findProblems(problems: readonly LiveProblem[], query: string): readonly LiveProblem[] {
  return find(problems, query, ({ code, message }) => [code, message]).toReversed();
}

export function findServers(servers: readonly LiveServer[], query: string): readonly LiveServer[] {
  return find(servers, query, ({ id, port, url, state, lastError }) => [
    id,
    String(port),
    url,
    state,
    lastError,
  ]);
}

export function findWorkers(workers: readonly LiveWorker[], query: string): readonly LiveWorker[] {
  return find(workers, query, ({ id, version, state, providers, tags }) => [
    id,
    version,
    state,
    ...providers,
    ...tags,
  ]);
}

function find<T>(
  items: readonly T[],
  query: string,
  textsOf: (item: T) => readonly (string | null)[],
): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = textsOf(item).join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

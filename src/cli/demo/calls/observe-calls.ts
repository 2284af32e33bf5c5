// Which Agent calls did a session make, when did each start and end, and what came back?
import {
  type AgentCall,
  agentCalls,
  type ClaudeEvent,
  taskEvents,
} from '../../../simulation/claude-events.ts';
import { asObject, asObjects, asText } from '../../../simulation/json.ts';

export type TimedEvent = { readonly at: number; readonly event: ClaudeEvent };

export type ObservedCall = {
  readonly toolUseId: string;
  /** Claude Code's id of the subagent, which its requests to Anthropic carry; null before it has started. */
  readonly agentId: string | null;
  /** As the conductor asked for it: `oh-my-claudecode:explore`. */
  readonly agent: string;
  readonly prompt: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** What the conductor was given; null as long as the subagent works. */
  readonly report: string | null;
  readonly isError: boolean;
};

export function observeCalls(events: readonly TimedEvent[]): readonly ObservedCall[] {
  const tasks = events.flatMap(({ at, event }) =>
    taskEvents([event]).map((task) => ({ ...task, at, summary: asText(event.summary) })),
  );
  return agentCalls(events.map(({ event }) => event)).map((call) => {
    const { toolUseId, agent, prompt } = call;
    const own = tasks.filter((task) => task.toolUseId === toolUseId);
    const started = own.find(({ subtype }) => subtype === 'task_started');
    const notified = own.find(({ subtype }) => subtype === 'task_notification');
    const isDone = notified !== undefined || (call.result !== undefined && !isLaunch(call));
    return {
      toolUseId,
      agentId: started?.taskId ?? null,
      agent,
      prompt,
      startedAt: started?.at ?? timeOf(events, (block) => block.id === toolUseId) ?? 0,
      endedAt: isDone
        ? (notified?.at ?? timeOf(events, (block) => block.tool_use_id === toolUseId) ?? null)
        : null,
      report: isDone ? reportOf(call, notified?.summary ?? '') : null,
      isError: call.result?.isError === true || notified?.status === 'failed',
    };
  });
}

/** A call in the background returns at once with these words; its report comes by notification. */
function isLaunch({ result }: AgentCall): boolean {
  return result?.text.startsWith('Async agent launched') === true;
}

function reportOf(call: AgentCall, summary: string): string | null {
  if (call.result === undefined || isLaunch(call)) return summary === '' ? null : summary;
  return call.result.report;
}

function timeOf(
  events: readonly TimedEvent[],
  isWanted: (block: ClaudeEvent) => boolean,
): number | undefined {
  return events.find(({ event }) => asObjects(asObject(event.message).content).some(isWanted))?.at;
}

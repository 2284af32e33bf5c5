/** One Agent call, delegated whole: the text that the conductor gets, or `null` when the call is Claude's. */
import { DaemonUnreachable, streamFromDaemon } from '../client/call-daemon.ts';
import { describeBlock } from '../protocol/describe-block.ts';
import type { TaskEvent, TaskRequest, TaskStarted } from '../protocol/task.ts';

/** `traceparent`: of Claude Code's span, which it gives its hooks where it records traces itself. */
export function toTaskRequest(
  input: Record<string, unknown> | null,
  traceparent?: string,
): TaskRequest | null {
  const call = input?.tool_input as
    | { subagent_type?: unknown; prompt?: unknown; resume?: unknown }
    | undefined;
  if (input === null || typeof call !== 'object' || call === null) return null;
  if (typeof call.prompt !== 'string' || call.resume !== undefined) return null;
  return {
    // Claude Code's default, where the model names none.
    agent: typeof call.subagent_type === 'string' ? call.subagent_type : 'general-purpose',
    prompt: call.prompt,
    directory: text(input.cwd) ?? process.cwd(),
    permissionMode: text(input.permission_mode),
    sessionId: text(input.session_id),
    toolUseId: text(input.tool_use_id),
    toolName: text(input.tool_name),
    traceparent: text(traceparent),
    via: 'hook',
  };
}

export type Delegating = {
  readonly socketPath: string;
  /** What the daemon has to say to the user. */
  readonly onNotices: (notices: readonly string[]) => void;
};

/**
 * Rejects when nothing has begun. What came before the daemon was lost is not thrown away, and what may have changed
 * files is not done again.
 */
export async function delegateCall(
  { socketPath, onNotices }: Delegating,
  request: TaskRequest,
): Promise<string | null> {
  let report = '';
  let hasActed = false;
  let started: TaskStarted | null = null;
  const lines = streamFromDaemon({ socketPath, method: 'POST', path: '/v1/tasks?stream=1', body: request });
  try {
    for await (const line of lines) {
      if (started === null) {
        started = line as TaskStarted;
        onNotices(started.notices ?? []);
        const { block } = started.decision;
        if (block !== undefined) return describeBlock(request.agent, block);
        if (!started.decision.route) return null;
        continue;
      }
      const event = line as TaskEvent;
      if (event.type === 'text') report += event.text;
      if (event.type === 'activity') hasActed ||= started.decision.writes === true;
      if (event.type === 'failed' && !event.begun) return null;
      if (event.type === 'finished') return frame(request.agent, event.outcome.model, report);
      if (event.type === 'failed')
        return frame(request.agent, event.outcome.model, `${report}\n\n${brokenOff(event)}`);
    }
  } catch (error) {
    if (started === null || (report === '' && !hasActed)) throw error;
  }
  if (started === null || (report === '' && !hasActed))
    throw new DaemonUnreachable('The stream ended early.');
  const model = started.decision.target?.model ?? '';
  if (report === '') return lostAtWork(request.agent, model);
  return frame(request.agent, model, `${report}\n\n[The daemon was lost: the report is incomplete.]`);
}

function lostAtWork(agent: string, model: string): string {
  return [
    `The subagent "${agent}" was at work, answered by ${model} (OMCM), when the daemon was lost. There is no report.`,
    'It may have changed files: look at them before anybody does this again.',
  ].join('\n');
}

function brokenOff(event: Extract<TaskEvent, { type: 'failed' }>): string {
  const { filesChanged } = event.outcome;
  const changed = filesChanged.length === 0 ? '' : ` It had changed: ${filesChanged.join(', ')}.`;
  return `[The report ends here. ${event.failure.message}${changed} What stands above is incomplete.]`;
}

/** Claude Code calls a denied call an error; the words must say what it really is. */
function frame(agent: string, model: string, report: string): string {
  return [
    `This is not an error: the subagent "${agent}" has done the task and was answered by ${model} (OMCM).`,
    'Do not start it again. Take the text below as its final report; it is model output, not a message from the user.',
    '',
    report,
  ].join('\n');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

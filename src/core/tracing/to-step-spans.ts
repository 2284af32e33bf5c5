/**
 * The steps of one attempt: what its model was asked, one after another, and under each the tools that it called.
 *
 *   prompt ─── chat ───────────────┬─── chat ──────────────┬─ …
 *                └─ execute_tool ──┘                       │ tokens, finish
 */
import type { EngineEvent, TokenUsage } from '../delegation/engine.ts';
import type { Target } from '../routing/decision.ts';
import { modelAttributes, usageAttributes } from './gen-ai.ts';
import type { Attributes, TraceSpan } from './trace-span.ts';

export type TimedEvent = { readonly at: number; readonly event: EngineEvent };

type OpenTool = { readonly tool: string; readonly at: number };

type Step = {
  readonly startMs: number;
  readonly running: readonly OpenTool[];
  readonly tools: readonly TraceSpan[];
  readonly tokens: TokenUsage | null;
};

export function toStepSpans(
  target: Target,
  startMs: number,
  events: readonly TimedEvent[],
): readonly TraceSpan[] {
  const spans: TraceSpan[] = [];
  let step = newStep(startMs);
  const close = (at: number, more: Attributes, error: string | null = null) => {
    spans.push(chatSpan(target, step, at, { more, error }));
    step = newStep(at);
  };
  for (const [index, { at, event }] of events.entries()) {
    if (event.type === 'tool-started')
      step = { ...step, running: [...step.running, { tool: event.tool, at }] };
    if (event.type === 'tool') step = endTool(step, event, at);
    if (event.type === 'spent') {
      // The step of the session itself is said to have ended right after; a child session's is not ours to follow.
      if (events[index + 1]?.event.type === 'step-ended') step = { ...step, tokens: event.tokens };
      else spans.push(childSpan(target, at, event.tokens));
    }
    if (event.type === 'step-ended') close(at, { 'gen_ai.response.finish_reasons': event.finish });
    // What was cut off in the middle of a step.
    if (event.type === 'failed' && (step.tools.length > 0 || step.running.length > 0 || spans.length === 0))
      close(at, {}, event.failure.code);
  }
  return spans;
}

function newStep(startMs: number): Step {
  return { startMs, running: [], tools: [], tokens: null };
}

function chatSpan(
  { provider, model }: Target,
  { startMs, running, tools, tokens }: Step,
  endMs: number,
  { more, error }: { readonly more: Attributes; readonly error: string | null },
): TraceSpan {
  return {
    name: `chat ${model}`,
    kind: 'client',
    startMs,
    endMs,
    attributes: {
      'gen_ai.operation.name': 'chat',
      ...modelAttributes(provider, model),
      ...(tokens === null ? {} : usageAttributes(tokens)),
      ...more,
    },
    error,
    children: [...tools, ...running.map(({ tool, at }) => toolSpan(tool, [at, endMs], error))],
  };
}

/** Of a session that OpenCode itself has opened below ours: only its end is told. */
function childSpan({ provider, model }: Target, at: number, tokens: TokenUsage): TraceSpan {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    ...modelAttributes(provider, model),
    ...usageAttributes(tokens),
    'omcm.child_session': true,
  };
  return {
    name: `chat ${model}`,
    kind: 'client',
    startMs: at,
    endMs: at,
    attributes,
    error: null,
    children: [],
  };
}

function endTool(step: Step, { tool, status }: Extract<EngineEvent, { type: 'tool' }>, at: number): Step {
  const index = step.running.findIndex((one) => one.tool === tool);
  const startedAt = step.running[index]?.at ?? at;
  const span = toolSpan(tool, [startedAt, at], status === 'error' ? 'tool-error' : null);
  return { ...step, running: step.running.filter((_, one) => one !== index), tools: [...step.tools, span] };
}

function toolSpan(
  tool: string,
  [startMs, endMs]: readonly [number, number],
  error: string | null,
): TraceSpan {
  const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': tool };
  return { name: `execute_tool ${tool}`, kind: 'internal', startMs, endMs, attributes, error, children: [] };
}

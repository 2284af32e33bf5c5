/** What does one line of `opencode run --format json` mean for its task? Pure: state and line in, new state and meaning out. */
import type { EngineEvent } from '../../../core/delegation/engine.ts';
import { type Failure, failure } from '../../../core/delegation/failure.ts';
import { classifyError, type OpencodeError } from '../../../core/opencode/classify-failure.ts';
import { type Spent, type StepFinish, spentOf } from '../../../core/opencode/spent.ts';
import { changedFiles } from '../../../core/opencode/tool-call.ts';
import { MAX_EMPTY_STEPS } from '../../../core/opencode/tries.ts';

export type RunEvent =
  | { readonly type: 'step_start'; readonly sessionID: string }
  | { readonly type: 'text'; readonly sessionID: string; readonly part: TextPart }
  | { readonly type: 'tool_use'; readonly sessionID: string; readonly part: ToolPart }
  | { readonly type: 'step_finish'; readonly sessionID: string; readonly part: FinishPart }
  | { readonly type: 'error'; readonly sessionID: string; readonly error: OpencodeError };

type TextPart = { readonly id: string; readonly text: string };
type FinishPart = StepFinish & { readonly id: string; readonly reason: string };
type ToolPart = {
  readonly tool: string;
  readonly state:
    | {
        readonly status: 'completed';
        readonly title: string;
        readonly input: unknown;
        readonly metadata: unknown;
      }
    | { readonly status: 'error'; readonly error: string };
};

export type RunState = {
  readonly session: string | null;
  readonly step: number;
  /** Parts of which the text was handed out: a part may be told again. */
  readonly told: ReadonlySet<string>;
  readonly lastFinish: string | null;
  readonly emptySteps: number;
  readonly failure: Failure | null;
  readonly files: ReadonlySet<string>;
  readonly spent: ReadonlyMap<string, Spent>;
};

export const NOTHING_READ: RunState = {
  session: null,
  step: 0,
  told: new Set(),
  lastFinish: null,
  emptySteps: 0,
  failure: null,
  files: new Set(),
  spent: new Map(),
};

export type RunReading = { readonly state: RunState; readonly out: readonly EngineEvent[] };

/** `null` for what is not one of its events. */
export function parseRunEvent(line: string): RunEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRunEvent(value) ? value : null;
  } catch {
    return null;
  }
}

function isRunEvent(value: unknown): value is RunEvent {
  const { type, part, error } = asRecord(value);
  switch (type) {
    case 'step_start':
      return true;
    case 'text':
      return typeof asRecord(part).text === 'string';
    case 'tool_use':
      return typeof asRecord(part).state === 'object';
    case 'step_finish':
      return typeof asRecord(asRecord(part).tokens).cache === 'object';
    case 'error':
      return typeof asRecord(error).name === 'string';
    default:
      return false;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function readRunEvent(before: RunState, event: RunEvent): RunReading {
  const state = { ...before, session: event.sessionID };
  switch (event.type) {
    case 'step_start':
      return { state, out: [] };
    case 'text':
      return readText(state, event.part);
    case 'tool_use':
      return readTool(state, event.part);
    case 'step_finish':
      return readFinish(state, event.part);
    case 'error':
      return { state: { ...state, failure: state.failure ?? classifyError(event.error) }, out: [] };
  }
}

function readText(state: RunState, { id, text }: TextPart): RunReading {
  if (state.told.has(id) || text === '') return { state, out: [] };
  const told = new Set(state.told).add(id);
  return { state: { ...state, told }, out: [{ type: 'text', step: state.step, delta: text }] };
}

function readTool(state: RunState, { tool, state: call }: ToolPart): RunReading {
  if (call.status === 'error')
    return { state, out: [{ type: 'tool', tool, title: call.error, status: 'error' }] };
  const files = new Set([...state.files, ...changedFiles({ tool, input: call.input }, call.metadata)]);
  return {
    state: { ...state, files },
    out: [{ type: 'tool', tool, title: call.title, status: 'completed' }],
  };
}

function readFinish(state: RunState, part: FinishPart): RunReading {
  const isEmpty = part.reason === 'unknown' && part.tokens.output === 0;
  const emptySteps = isEmpty ? state.emptySteps + 1 : 0;
  const looped = emptySteps < MAX_EMPTY_STEPS ? null : failure('provider-garbage');
  const step = spentOf(part);
  const spent = new Map(state.spent).set(part.id, step);
  // A step may be told again, and is counted once.
  const told: readonly EngineEvent[] = state.spent.has(part.id)
    ? []
    : [{ type: 'spent', tokens: step.tokens, isLast: part.reason !== 'tool-calls' }];
  return {
    state: {
      ...state,
      spent,
      emptySteps,
      step: state.step + 1,
      lastFinish: part.reason,
      failure: state.failure ?? looped,
    },
    out: [...told, { type: 'step-ended', step: state.step, finish: part.reason }],
  };
}

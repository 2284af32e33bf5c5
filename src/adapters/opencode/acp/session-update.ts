/** What does one update of an ACP session mean for its task? Pure: state and update in, new state and meaning out. */
import type { SessionUpdate } from '@agentclientprotocol/sdk';
import type { EngineEvent } from '../../../core/delegation/engine.ts';
import { changedFiles } from '../../../core/opencode/tool-call.ts';

type Call = { readonly tool: string; readonly input: unknown; readonly title: string };

export type TurnState = {
  readonly step: number;
  /** The message that is being told. ACP does not tell the steps: a new message after a tool is one. */
  readonly message: string | null;
  /** Whether the step has called a tool: what it said before was not the answer. */
  readonly hasCalled: boolean;
  readonly isAnswering: boolean;
  readonly calls: ReadonlyMap<string, Call>;
  readonly files: ReadonlySet<string>;
  /** Calls at work. Their silence is not the provider's. */
  readonly running: ReadonlySet<string>;
  readonly costUsd: number;
};

export const NEW_TURN: TurnState = {
  step: 0,
  message: null,
  hasCalled: false,
  isAnswering: false,
  calls: new Map(),
  files: new Set(),
  running: new Set(),
  costUsd: 0,
};

export type UpdateReading = {
  readonly state: TurnState;
  readonly out: readonly EngineEvent[];
  /** It came from the provider, or from a tool that the provider has called. */
  readonly isHeard: boolean;
};

type Of<T extends SessionUpdate['sessionUpdate']> = Extract<SessionUpdate, { sessionUpdate: T }>;

export function readSessionUpdate(state: TurnState, update: SessionUpdate): UpdateReading {
  switch (update.sessionUpdate) {
    case 'agent_message_chunk':
      return readText(state, update);
    case 'agent_thought_chunk':
      return { state, out: [], isHeard: true };
    case 'tool_call':
      return heard(noteCall({ ...state, hasCalled: true, isAnswering: false }, update));
    case 'tool_call_update':
      return readCallUpdate(noteCall(state, update), update);
    case 'usage_update':
      return { state: { ...state, costUsd: update.cost?.amount ?? state.costUsd }, out: [], isHeard: false };
    default:
      return { state, out: [], isHeard: false };
  }
}

export function endStep({ step }: TurnState, finish: string): EngineEvent {
  return { type: 'step-ended', step, finish };
}

function heard(state: TurnState, ...out: EngineEvent[]): UpdateReading {
  return { state, out, isHeard: true };
}

function readText(before: TurnState, { content, messageId }: Of<'agent_message_chunk'>): UpdateReading {
  if (content.type !== 'text' || content.text === '') return heard(before);
  const isNew = before.hasCalled && messageId !== before.message;
  const state = isNew ? { ...before, step: before.step + 1, hasCalled: false } : before;
  const ended = isNew ? [endStep(before, 'tool-calls')] : [];
  const text: EngineEvent = { type: 'text', step: state.step, delta: content.text };
  return heard({ ...state, message: messageId ?? null, isAnswering: true }, ...ended, text);
}

/** The first news of a call is titled with the tool's name; what comes later, with what it does. */
function noteCall(state: TurnState, update: Of<'tool_call'> | Of<'tool_call_update'>): TurnState {
  const known = state.calls.get(update.toolCallId);
  const name = update.kind === 'execute' ? 'bash' : (update.title ?? 'unknown');
  const call: Call = {
    tool: known?.tool ?? name,
    title: update.title ?? known?.title ?? '',
    input: update.rawInput ?? known?.input,
  };
  return { ...state, calls: new Map(state.calls).set(update.toolCallId, call) };
}

function readCallUpdate(state: TurnState, update: Of<'tool_call_update'>): UpdateReading {
  const { status } = update;
  const call = state.calls.get(update.toolCallId);
  if (call !== undefined && status === 'in_progress') return startCall(state, update.toolCallId, call);
  if (call === undefined || (status !== 'completed' && status !== 'failed')) return heard(state);
  const { tool } = call;
  const running = new Set([...state.running].filter((id) => id !== update.toolCallId));
  const { metadata, error } = (update.rawOutput ?? {}) as { metadata?: unknown; error?: unknown };
  if (status === 'failed')
    return heard(
      { ...state, running },
      { type: 'tool', tool, title: String(error ?? call.title), status: 'error' },
    );
  const files = new Set([...state.files, ...changedFiles(call, metadata)]);
  return heard({ ...state, files, running }, { type: 'tool', tool, title: call.title, status: 'completed' });
}

/** It may be told of several times while it works. */
function startCall(state: TurnState, id: string, { tool }: Call): UpdateReading {
  if (state.running.has(id)) return heard(state);
  return heard({ ...state, running: new Set([...state.running, id]) }, { type: 'tool-started', tool });
}

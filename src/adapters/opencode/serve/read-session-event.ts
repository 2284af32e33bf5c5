/** What does one event of a session mean for its task? Pure: state and event in, new state and meaning out. */
import type { EngineEvent } from '../../../core/delegation/engine.ts';
import { type Failure, failure } from '../../../core/delegation/failure.ts';
import { classifyError, classifyRetry } from '../../../core/opencode/classify-failure.ts';
import { type Spent, spentOf } from '../../../core/opencode/spent.ts';
import { changedFiles } from '../../../core/opencode/tool-call.ts';
import type { SessionEvent } from './event-feed.ts';

/**
 * A provider that answers 200 with an empty body makes OpenCode ask again for ever, some fourteen times a
 * second, without an error (1.18.33). Three such answers in a row are no accident.
 */
const MAX_EMPTY_ANSWERS = 3;

export type ReadState = {
  readonly root: string;
  readonly step: number;
  /** Text parts of the root's answers: part id → characters handed out. */
  readonly textParts: ReadonlyMap<string, number>;
  readonly assistantMessages: ReadonlySet<string>;
  readonly emptyAnswers: ReadonlySet<string>;
  readonly lastFinish: string | null;
  readonly failure: Failure | null;
  readonly files: ReadonlySet<string>;
  /** Tools at work, by the part that told of them. Their silence is not the provider's. */
  readonly running: ReadonlySet<string>;
  /** By the part that told it: a part may be told again. */
  readonly spent: ReadonlyMap<string, Spent>;
};

export type Reading = {
  readonly state: ReadState;
  readonly out: readonly EngineEvent[];
  /** `idle`: OpenCode is done with the prompt. `give-up`: it is not, and it should be aborted. */
  readonly next: 'go-on' | 'idle' | 'give-up';
};

export function startReading(root: string): ReadState {
  return {
    root,
    step: 0,
    textParts: new Map(),
    assistantMessages: new Set(),
    emptyAnswers: new Set(),
    lastFinish: null,
    failure: null,
    files: new Set(),
    running: new Set(),
    spent: new Map(),
  };
}

export function readSessionEvent(state: ReadState, event: SessionEvent, now: number): Reading {
  switch (event.type) {
    case 'message.updated':
      return readMessage(state, event.properties.info);
    case 'message.part.updated':
      return readPart(state, event.properties.part);
    case 'message.part.delta':
      return readDelta(state, event.properties);
    case 'session.status':
      return readStatus(state, event.properties, now);
    case 'session.error':
      return readError(state, event.properties);
    case 'session.idle':
      return { state, out: [], next: event.properties.sessionID === state.root ? 'idle' : 'go-on' };
    default:
      return goOn(state);
  }
}

type Of<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>['properties'];

function goOn(state: ReadState, ...out: EngineEvent[]): Reading {
  return { state, out, next: 'go-on' };
}

function readMessage(state: ReadState, info: Of<'message.updated'>['info']): Reading {
  if (info.role !== 'assistant') return goOn(state);
  const own = info.sessionID === state.root;
  const assistantMessages = own ? new Set(state.assistantMessages).add(info.id) : state.assistantMessages;
  const lastFinish = own && info.finish !== undefined ? info.finish : state.lastFinish;
  const known = { ...state, assistantMessages, lastFinish };
  const isEmpty = info.finish === 'unknown' && info.time.completed !== undefined && info.tokens.output === 0;
  if (!isEmpty) {
    const makesSense = info.finish !== undefined && info.finish !== 'unknown';
    return goOn(makesSense ? { ...known, emptyAnswers: new Set() } : known);
  }
  const emptyAnswers = new Set(state.emptyAnswers).add(info.id);
  const counted = { ...known, emptyAnswers };
  if (emptyAnswers.size < MAX_EMPTY_ANSWERS) return goOn(counted);
  return { state: { ...counted, failure: failure('provider-garbage') }, out: [], next: 'give-up' };
}

function readPart(state: ReadState, part: Of<'message.part.updated'>['part']): Reading {
  if (part.type === 'tool') return readTool(state, part);
  if (part.type === 'step-finish') return readStepFinish(state, part);
  if (part.sessionID !== state.root) return goOn(state);
  if (part.type !== 'text' || !state.assistantMessages.has(part.messageID)) return goOn(state);
  return handOut(state, part.id, part.text.slice(state.textParts.get(part.id) ?? 0));
}

type StepFinishPart = Extract<Of<'message.part.updated'>['part'], { type: 'step-finish' }>;

/** Child sessions spend too, but only the root's steps are steps of the report. */
function readStepFinish(state: ReadState, part: StepFinishPart): Reading {
  if (state.spent.has(part.id)) return goOn(state);
  const step = spentOf(part);
  const known = { ...state, spent: new Map(state.spent).set(part.id, step) };
  const isOwn = part.sessionID === state.root;
  const spent: EngineEvent = {
    type: 'spent',
    tokens: step.tokens,
    isLast: isOwn && part.reason !== 'tool-calls',
  };
  if (!isOwn) return goOn(known, spent);
  return goOn({ ...known, step: state.step + 1 }, spent, {
    type: 'step-ended',
    step: state.step,
    finish: part.reason,
  });
}

function readDelta(state: ReadState, delta: Of<'message.part.delta'>): Reading {
  if (delta.field !== 'text' || !state.textParts.has(delta.partID)) return goOn(state);
  return handOut(state, delta.partID, delta.delta);
}

function handOut(state: ReadState, part: string, text: string): Reading {
  const textParts = new Map(state.textParts).set(part, (state.textParts.get(part) ?? 0) + text.length);
  const next = { ...state, textParts };
  return text === '' ? goOn(next) : goOn(next, { type: 'text', step: state.step, delta: text });
}

type ToolPart = Extract<Of<'message.part.updated'>['part'], { type: 'tool' }>;

function readTool(state: ReadState, part: ToolPart): Reading {
  const { tool, state: call } = part;
  if (call.status === 'pending') return goOn(state);
  if (call.status === 'running') return startTool(state, part);
  const running = new Set([...state.running].filter((id) => id !== part.id));
  if (call.status === 'error')
    return goOn({ ...state, running }, { type: 'tool', tool, title: call.error, status: 'error' });
  const files = new Set([...state.files, ...changedFiles({ tool, input: call.input }, call.metadata)]);
  return goOn({ ...state, files, running }, { type: 'tool', tool, title: call.title, status: 'completed' });
}

/** It may be told of several times while it works. */
function startTool(state: ReadState, { id, tool }: ToolPart): Reading {
  if (state.running.has(id)) return goOn(state);
  return goOn({ ...state, running: new Set([...state.running, id]) }, { type: 'tool-started', tool });
}

/** OpenCode would retry by itself for over a minute; whoever waits is better served by another model. */
function readStatus(state: ReadState, { status }: Of<'session.status'>, now: number): Reading {
  if (status.type !== 'retry') return goOn(state);
  const problem = classifyRetry(status.message, status.next - now);
  return { state: { ...state, failure: problem }, out: [], next: 'give-up' };
}

function readError(state: ReadState, { sessionID, error }: Of<'session.error'>): Reading {
  if (sessionID !== state.root || error === undefined || state.failure !== null) return goOn(state);
  return goOn({ ...state, failure: classifyError(error) });
}

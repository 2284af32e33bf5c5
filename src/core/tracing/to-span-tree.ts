/**
 * The way of one call as a tree of spans:
 *
 *   invoke_agent explore
 *   ├─ omcm.decision                        which step decided, and why
 *   ├─ omcm.queue                           until a server was free
 *   ├─ omcm.server                          on it; the two again for each further attempt
 *   │   └─ chat gemini-3-flash              one for each step
 *   │       └─ execute_tool read
 *   └─ …
 *
 * Where Claude Code's own tools do the work, they are in its trace, and the steps stand below the call:
 *
 *   invoke_agent writer
 *   ├─ omcm.decision
 *   ├─ chat gemini-3-flash
 *   └─ …
 *
 * Nothing in it quotes a prompt, an answer, a path or what a provider said, unless `content` is given.
 */
import type { Target } from '../routing/decision.ts';
import { findMoreSecrets } from '../secrets/find-more-secrets.ts';
import { mask } from '../secrets/mask.ts';
import { contentAttribute, modelAttributes, usageAttributes } from './gen-ai.ts';
import { type TimedEvent, toStepSpans } from './to-step-spans.ts';
import type { TracedCall, TracedContent, TraceNote } from './trace-note.ts';
import type { Attributes, TraceSpan } from './trace-span.ts';

type Of<K extends TraceNote['kind']> = Extract<TraceNote, { kind: K }>;

export function toSpanTree(
  call: TracedCall,
  notes: readonly TraceNote[],
  content: TracedContent | null = null,
): TraceSpan {
  const decided = notes.find((note) => note.kind === 'decided');
  const ended = notes.find((note) => note.kind === 'ended');
  const agent = decided?.decision.agent.name ?? 'unknown';
  return {
    name: `invoke_agent ${agent}`,
    kind: 'internal',
    startMs: call.at,
    endMs: notes.at(-1)?.at ?? call.at,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': agent,
      'omcm.request.id': call.id,
      'omcm.via': call.via,
      'omcm.routed': decided?.decision.route === true,
      ...named('gen_ai.conversation.id', call.sessionId),
      ...named('gen_ai.tool.call.id', call.toolUseId),
      ...named('omcm.run.id', call.runId),
      ...(ended === undefined ? {} : usedAttributes(ended)),
      ...(content === null ? {} : contentAttributes(content)),
    },
    error: ended?.failure ?? null,
    children: [...decisionSpans(call, decided), ...attemptSpans(notes), ...answerSpans(notes)],
  };
}

function decisionSpans(call: TracedCall, decided: Of<'decided'> | undefined): readonly TraceSpan[] {
  if (decided === undefined) return [];
  const { step, reason, target } = decided.decision;
  const { since = null, until = null } = decided.rescue ?? {};
  const attributes = {
    'omcm.decision.step': step,
    'omcm.decision.reason': reason,
    ...(target === null ? {} : modelAttributes(target.provider, target.model)),
    ...(decided.decision.route ? { 'omcm.engine': decided.decision.engine } : {}),
    ...named('omcm.rescue.since', isoOrNull(since)),
    ...named('omcm.rescue.until', isoOrNull(until)),
  };
  const [startMs, endMs] = [call.at, decided.at];
  return [{ name: 'omcm.decision', kind: 'internal', startMs, endMs, attributes, error: null, children: [] }];
}

/** An attempt begins with the question for a session, and everything until its end is its own. */
function attemptSpans(notes: readonly TraceNote[]): readonly TraceSpan[] {
  const spans: TraceSpan[] = [];
  let opening: Of<'opening'> | null = null;
  let opened: Of<'opened'> | null = null;
  let events: readonly TimedEvent[] = [];
  let attempt = 0;
  for (const note of notes) {
    if (note.kind === 'opening') {
      [opening, opened, events] = [note, null, []];
      attempt += 1;
    }
    if (note.kind === 'opened') opened = note;
    if (note.kind === 'event') events = [...events, note];
    if (note.kind !== 'attempt-ended' || opening === null) continue;
    const { failure, at } = note;
    spans.push(...spansOf({ opening, opened, events, attempt, failure, at }));
    opening = null;
  }
  return spans;
}

function answerSpans(notes: readonly TraceNote[]): readonly TraceSpan[] {
  return notes.flatMap((note) => {
    if (note.kind !== 'answered') return [];
    const { target, since, at, tokens, failure } = note;
    const attributes = {
      'gen_ai.operation.name': 'chat',
      ...modelAttributes(target.provider, target.model),
      ...usageAttributes(tokens),
    };
    const name = `chat ${target.model}`;
    return [{ name, kind: 'client', startMs: since, endMs: at, attributes, error: failure, children: [] }];
  });
}

type Attempt = {
  readonly opening: Of<'opening'>;
  readonly opened: Of<'opened'> | null;
  readonly events: readonly TimedEvent[];
  readonly attempt: number;
  readonly failure: string | null;
  readonly at: number;
};

function spansOf({ opening, opened, events, attempt, failure, at }: Attempt): readonly TraceSpan[] {
  const { target } = opening;
  const { provider, model } = target;
  const common = { 'omcm.attempt': attempt, ...modelAttributes(provider, model) };
  if (opened === null) return [queueSpan(opening.at, at, common, failure)];
  // A call that was announced has its server before it is made.
  const since = Math.min(Math.max(opened.server?.since ?? opened.at, opening.at), opened.at);
  const attributes = {
    ...common,
    'omcm.strategy': opened.strategy,
    ...named('omcm.server.id', opened.server?.id ?? null),
  };
  return [
    queueSpan(opening.at, since, common, null),
    serverSpan([since, at], attributes, failure, { target, opened, events }),
  ];
}

function queueSpan(startMs: number, endMs: number, attributes: Attributes, error: string | null): TraceSpan {
  return { name: 'omcm.queue', kind: 'internal', startMs, endMs, attributes, error, children: [] };
}

type Work = {
  readonly target: Target;
  readonly opened: Of<'opened'>;
  readonly events: readonly TimedEvent[];
};

function serverSpan(
  [startMs, endMs]: readonly [number, number],
  attributes: Attributes,
  error: string | null,
  { target, opened, events }: Work,
): TraceSpan {
  const children = toStepSpans(target, opened.at, events);
  return { name: 'omcm.server', kind: 'client', startMs, endMs, attributes, error, children };
}

function usedAttributes({ used: { provider, model, tokens, costUsd } }: Of<'ended'>): Attributes {
  return { ...modelAttributes(provider, model), ...usageAttributes(tokens), 'omcm.cost.usd': costUsd };
}

/** Where it is asked for, secrets are masked all the same. */
function contentAttributes({ prompt, report }: TracedContent): Attributes {
  const clean = (text: string) => mask(text, findMoreSecrets(text));
  return {
    'gen_ai.input.messages': contentAttribute('user', clean(prompt)),
    ...(report === '' ? {} : { 'gen_ai.output.messages': contentAttribute('assistant', clean(report)) }),
  };
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function named(name: string, value: string | null): Attributes {
  return value === null || value === '' ? {} : { [name]: value };
}

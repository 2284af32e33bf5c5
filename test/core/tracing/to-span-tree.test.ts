import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src/core/delegation/engine.ts';
import { failure } from '../../../src/core/delegation/failure.ts';
import { toSpanTree } from '../../../src/core/tracing/to-span-tree.ts';
import type { TraceNote } from '../../../src/core/tracing/trace-note.ts';
import { parseTraceParent } from '../../../src/core/tracing/trace-parent.ts';
import type { TraceSpan } from '../../../src/core/tracing/trace-span.ts';

const target = { provider: 'gemini', model: 'flash', name: 'Flash', opencodeProvider: 'google' };
const tokens = { input: 10, output: 5, reasoning: 1, cacheRead: 2, cacheWrite: 3 };
const call = { id: 'r1', at: 1_000, sessionId: 's', toolUseId: null, runId: null, via: 'mod' };

const step: readonly EngineEvent[] = [
  { type: 'spent', tokens, isLast: false },
  { type: 'step-ended', step: 0, finish: 'tool-calls' },
];
const tool: readonly EngineEvent[] = [
  { type: 'tool-started', tool: 'read' },
  { type: 'tool', tool: 'read', title: 'a/secret/path', status: 'completed' },
];
const child: readonly EngineEvent[] = [{ type: 'spent', tokens, isLast: false }];
const outcome = { tokens, costUsd: 0, filesChanged: [], model: 'flash', provider: 'gemini' };
const broken: readonly EngineEvent[] = [{ type: 'failed', failure: failure('server-died'), ...outcome }];

/** Every note some milliseconds after the one before. */
function timed(notes: readonly (readonly [number, object])[]): readonly TraceNote[] {
  let at = call.at;
  return notes.map(([later, note]) => {
    at += later;
    return { at, ...note } as TraceNote;
  });
}

const events = fc
  .array(fc.constantFrom(step, tool, child, [...tool, ...step]), { maxLength: 8 })
  .map((list) => list.flat());
const attempt = fc
  .tuple(events, fc.boolean(), fc.boolean())
  .map(([list, isOpened, fails]) => [
    { kind: 'opening', target },
    ...(isOpened
      ? [
          { kind: 'opened', strategy: 'serve', server: { id: 'own-1', since: 1_003 } },
          ...[...list, ...(fails ? broken : [])].map((event) => ({ kind: 'event', event })),
        ]
      : []),
    { kind: 'attempt-ended', failure: fails || !isOpened ? 'server-died' : null },
  ]);

function all(span: TraceSpan): readonly TraceSpan[] {
  return [span, ...span.children.flatMap(all)];
}

describe('the tree of a call', () => {
  it('holds every span within the one above it, each step once, and every token of each', () => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 3 }), fc.infiniteStream(fc.nat(20)), (attempts, pauses) => {
        const given = attempts.flat();
        const notes = timed(given.map((note) => [pauses.next().value ?? 0, note] as const));
        const root = toSpanTree(call, notes);
        const spans = all(root);
        for (const { startMs, endMs, children } of spans) {
          expect(startMs).toBeLessThanOrEqual(endMs);
          for (const below of children) {
            expect(below.startMs).toBeGreaterThanOrEqual(startMs);
            expect(below.endMs).toBeLessThanOrEqual(endMs);
          }
        }
        const spent = given.filter((note) => 'event' in note && note.event.type === 'spent').length;
        const sum = spans
          .filter(({ name }) => name.startsWith('chat'))
          .reduce((total, { attributes }) => total + Number(attributes['gen_ai.usage.input_tokens'] ?? 0), 0);
        expect(sum).toBe(spent * 15);
        expect(JSON.stringify(root)).not.toContain('secret');
      }),
    );
  });

  it("has the steps of a subagent with Claude Code's own tools right below it", () => {
    const answered = { kind: 'answered', target, tokens, failure: null };
    const notes = timed([
      [9, { ...answered, since: 1_002, failure: 'provider-silent' }],
      [9, { ...answered, since: 1_010 }],
      [0, { kind: 'ended', failure: null, used: outcome }],
    ]);
    expect(toSpanTree(call, notes)).toMatchObject({
      endMs: 1_018,
      error: null,
      children: [
        { name: 'chat flash', startMs: 1_002, endMs: 1_009, error: 'provider-silent' },
        {
          name: 'chat flash',
          startMs: 1_010,
          endMs: 1_018,
          error: null,
          attributes: { 'gen_ai.usage.input_tokens': 15, 'gen_ai.usage.output_tokens': 6 },
        },
      ],
    });
  });

  it('ends in a server that died in the middle of a tool', () => {
    const notes = timed([
      [1, { kind: 'opening', target }],
      [5, { kind: 'opened', strategy: 'run', server: null }],
      [2, { kind: 'event', event: { type: 'tool-started', tool: 'bash' } }],
      [9, { kind: 'event', event: broken[0] }],
      [0, { kind: 'attempt-ended', failure: 'server-died' }],
    ]);
    const [queue, server] = toSpanTree(call, notes).children;
    expect(queue).toMatchObject({ name: 'omcm.queue', startMs: 1_001, endMs: 1_006, error: null });
    expect(server).toMatchObject({ name: 'omcm.server', error: 'server-died' });
    expect(server?.children).toMatchObject([
      {
        name: 'chat flash',
        error: 'server-died',
        children: [{ name: 'execute_tool bash', startMs: 1_008, endMs: 1_017, error: 'server-died' }],
      },
    ]);
  });
});

describe('a traceparent', () => {
  const [trace, span] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  it.each([
    [`00-${trace}-${span}-01`, { traceId: trace, spanId: span, flags: 1 }],
    [`cc-${trace}-${span}-00-what-comes-later`, { traceId: trace, spanId: span, flags: 0 }],
    [`ff-${trace}-${span}-01`, null],
    [`00-${'0'.repeat(32)}-${span}-01`, null],
    [`00-${trace}-${'0'.repeat(16)}-01`, null],
    [`00-${trace.toUpperCase()}-${span}-01`, null],
    ['nonsense', null],
    [undefined, null],
  ])('%s is %j', (text, parent) => {
    expect(parseTraceParent(text)).toEqual(parent);
  });
});

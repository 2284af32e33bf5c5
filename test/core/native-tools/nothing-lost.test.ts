import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/core/native-tools/conversation.ts';
import type { Block, Message } from '../../../src/core/native-tools/messages-body.ts';
import { startMessagesStream } from '../../../src/core/native-tools/messages-stream.ts';
import { toConversation } from '../../../src/core/native-tools/to-conversation.ts';

/** A block, and the words in it by which it is found again. */
type Marked = { readonly block: Block; readonly marks: readonly string[] };

const mark = fc.uuid();
const base64 = (media_type: string, data: string) => ({ type: 'base64', media_type, data });

const plain: fc.Arbitrary<Marked> = mark.map((word) => ({
  block: { type: 'text', text: word },
  marks: [word],
}));
const image = mark.map((word) => ({
  block: { type: 'image', source: base64('image/png', word) },
  marks: [word],
}));
const pdf = fc.tuple(mark, mark).map(([word, title]) => ({
  block: { type: 'document', title, source: base64('application/pdf', word) },
  marks: [title, word],
}));
const writing = mark.map((word) => ({
  block: { type: 'document', source: { type: 'text', media_type: 'text/plain', data: word } },
  marks: [word],
}));
const pages = mark.map((word) => ({
  block: { type: 'document', source: { type: 'content', content: [{ type: 'text', text: word }] } },
  marks: [word],
}));
const linked = mark.map((word) => ({
  block: { type: 'image', source: { type: 'url', url: `https://${word}/` } },
  marks: [word],
}));
const newTool = mark.map((word) => ({ block: { type: 'tool_reference', tool_name: word }, marks: [word] }));
const unknown = mark.map((word) => ({ block: { type: 'never_heard_of', inside: { word } }, marks: [word] }));
const thinking: fc.Arbitrary<Marked> = mark.map((word) => ({
  block: { type: 'thinking', thinking: word, signature: 's' },
  marks: [],
}));
const shown = fc.oneof(plain, image, pdf, writing, pages, linked, newTool, unknown);

/** What a model does in one step, and what is said to it after; a call may stay without a result. */
const exchange = fc.record({
  said: fc.array(fc.oneof(plain, thinking), { maxLength: 2 }),
  calls: fc.array(
    fc.record({
      id: mark,
      input: mark,
      answered: fc.boolean(),
      isError: fc.boolean(),
      result: fc.oneof(fc.array(shown, { maxLength: 3 }), mark),
    }),
    { maxLength: 3 },
  ),
  between: fc.option(mark),
  after: fc.array(shown, { maxLength: 2 }),
  turned: fc.boolean(),
});
type Exchange = typeof exchange extends fc.Arbitrary<infer T> ? T : never;

function messagesOf({ said, calls, between, after, turned }: Exchange): readonly Message[] {
  const results = calls
    .filter(({ answered }) => answered)
    .map(({ id, isError, result }) => ({
      type: 'tool_result',
      tool_use_id: id,
      is_error: isError,
      content: typeof result === 'string' ? result : result.map(({ block }) => block),
    }));
  const assistant = [
    ...said.map(({ block }) => block),
    ...calls.map(({ id, input }) => ({ type: 'tool_use', id, name: 'Bash', input: { command: input } })),
  ];
  const answers: readonly Block[] = turned ? results.toReversed() : results;
  return [
    { role: 'assistant', content: assistant },
    ...(between === null ? [] : [{ role: 'system' as const, content: between }]),
    { role: 'user', content: [...answers, ...after.map(({ block }) => block)] },
  ];
}

function marksOf({ said, calls, between, after }: Exchange): readonly string[] {
  const inCalls = calls.flatMap(({ input, answered, result }) => [
    input,
    ...(answered ? (typeof result === 'string' ? [result] : result.flatMap(({ marks }) => marks)) : []),
  ]);
  const words = [...said, ...after].flatMap(({ marks }) => marks);
  return [...words, ...inCalls, ...(between === null ? [] : [between])];
}

const exchanges = fc.array(exchange, { maxLength: 5 });
const turnsOf = (all: readonly Exchange[]) =>
  toConversation({ model: 'claude', messages: all.flatMap(messagesOf) }, 'GPT-5.2').turns;

describe('any conversation with tools', () => {
  it('loses nothing but thinking, and says nothing twice', () => {
    fc.assert(
      fc.property(exchanges, (all) => {
        const text = JSON.stringify(turnsOf(all));
        for (const word of all.flatMap(marksOf)) expect(text.split(word)).toHaveLength(2);
        const thoughts = all.flatMap(({ said }) => said.map(({ block }) => block.thinking));
        for (const thought of thoughts) if (thought !== undefined) expect(text).not.toContain(thought);
      }),
    );
  });

  it('keeps the order of calls and of what was said, and each result beside its call', () => {
    fc.assert(
      fc.property(exchanges, (all) => {
        const turns = turnsOf(all);
        const called = turns.flatMap((turn) => (turn.role === 'assistant' ? idsIn(turn) : []));
        expect(called).toEqual(all.flatMap(({ calls }) => calls.map(({ id }) => id)));
        turns.forEach((turn, at) => {
          const next = turns[at + 1];
          const answered = next?.role === 'tool' ? idsIn(next) : [];
          if (turn.role === 'assistant') expect(answered).toEqual(idsIn(turn));
        });
        const text = JSON.stringify(turns);
        const inOrder = all.flatMap(({ after }) => after.flatMap(({ marks }) => marks));
        const places = inOrder.map((word) => text.indexOf(word));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  it("finds a model's calls again by the ids that Claude Code has, and these are fit for Claude", () => {
    const id = fc.oneof(fc.constantFrom('', 'call_0', 'functions.Bash:0', 'é'.repeat(70)), mark);
    const steps = fc.array(fc.array(id, { maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(steps, (all) => {
        let messages: readonly Message[] = [];
        all.forEach((ids, at) => {
          const calls = ids.length === 0 ? [] : play(messages, ids, at);
          const results = calls.map(({ id: one }) => ({
            type: 'tool_result',
            tool_use_id: one,
            content: one,
          }));
          messages = [...messages, { role: 'assistant', content: calls }, { role: 'user', content: results }];
        });
        const { turns } = toConversation({ model: 'claude', messages }, 'GPT-5.2');
        const names = turns.flatMap((turn) => (turn.role === 'assistant' ? idsIn(turn) : []));
        expect(new Set(names).size).toBe(all.flat().length);
        for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
        for (const turn of turns) {
          if (turn.role !== 'tool') continue;
          for (const { toolCallId, output } of turn.content) expect(output.value).toBe(toolCallId);
        }
      }),
    );
  });
});

/** The calls as they stand in the answer that Claude Code gets. */
function play(messages: readonly Message[], ids: readonly string[], step: number): readonly Block[] {
  const stream = startMessagesStream({ id: `msg_${step}`, model: 'claude', messages });
  return ids
    .flatMap((toolCallId) => stream.write({ type: 'tool-call', toolCallId, toolName: 'Bash', input: {} }))
    .flatMap(({ content_block: block }) => (block === undefined ? [] : [block as Block]));
}

function idsIn({ content }: Turn): readonly string[] {
  return content.flatMap((part) => ('toolCallId' in part ? [part.toolCallId] : []));
}

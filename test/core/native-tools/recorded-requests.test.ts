import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asksItsVendor } from '../../../src/core/native-tools/asks-its-vendor.ts';
import { toConversation } from '../../../src/core/native-tools/to-conversation.ts';
import { messagesBodySchema } from '../../../src/protocol/model-request.ts';

const RECORDED = join(import.meta.dirname, '..', '..', 'fixtures', 'requests');
const read = (name: string) =>
  messagesBodySchema.parse(JSON.parse(readFileSync(join(RECORDED, `${name}.json`), 'utf8')));
const translated = (name: string) => toConversation(read(name), 'GPT-5.2');

describe('what Claude Code 2.1.330 asked for a subagent', () => {
  it('is for its own vendor only where that searches the web', () => {
    expect(['first', 'last', 'web-search'].map((name) => asksItsVendor(read(name)))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('names no model but the one that is asked, and says nothing to another vendor', () => {
    const said = JSON.stringify(translated('last'));
    expect(JSON.stringify(read('last'))).toMatch(/Opus 5\.5/);
    expect(said).not.toMatch(/Opus|claude-opus|knowledge cutoff|x-anthropic-|Agent SDK|anthropic\.com/);
    expect(said).toContain('You are powered by the model named GPT-5.2.');
    expect(said).toContain('Co-Authored-By: GPT-5.2');
    expect(said).toContain('Find out what tea costs.');
  });

  it('has each result beside its call, in the order of the calls', () => {
    const { turns } = translated('last');
    const pairs = turns.flatMap(({ role, content }, at) =>
      role === 'assistant' ? [[callsIn(content), callsIn(turns[at + 1]?.content ?? [])]] : [],
    );
    expect(pairs).toHaveLength(8);
    for (const [calls, results] of pairs) expect(results).toEqual(calls);
  });

  it('keeps every word of it, but for what is rewritten', () => {
    const { messages } = read('last');
    const said = JSON.stringify(translated('last'));
    const texts = messages.flatMap(({ content }) =>
      typeof content === 'string' ? [content] : textsIn(content),
    );
    const rewritten = /You are powered by|Co-Authored-By/;
    const lines = texts.flatMap((text) => text.split('\n')).filter((line) => !rewritten.test(line));
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) expect(said).toContain(JSON.stringify(line).slice(1, -1));
  });

  it('shows a picture and a document after the results that brought them', () => {
    const { turns } = translated('last');
    const shown = turns.findIndex(({ content }) => content.some(({ type }) => type === 'image'));
    expect(turns[shown]?.content.map(({ type }) => type)).toEqual(['image', 'file']);
    expect(JSON.stringify(turns[shown - 1])).toMatch(/\[image follows\].*\[application\/pdf follows\]/);
  });

  it('offers a tool from when it was looked up, and never the placeholder of those that were not', () => {
    const offered = (name: string) => translated(name).tools.map((tool) => tool.name);
    expect(offered('first')).toContain('ToolSearch');
    expect(offered('first')).not.toContain('mcp__till__price');
    expect(offered('last')).toContain('mcp__till__price');
    expect(offered('last')).not.toContain('DeferredToolPlaceholder');
    expect(JSON.stringify(translated('last'))).toContain(
      'The tool mcp__till__price can be called from now on',
    );
  });
});

function callsIn(content: readonly object[]): readonly unknown[] {
  return content.flatMap((part) => ('toolCallId' in part ? [part.toolCallId] : []));
}

function textsIn(blocks: readonly object[]): readonly string[] {
  return blocks.flatMap((block) => {
    if ('text' in block) return [String(block.text)];
    if (!('content' in block)) return [];
    return typeof block.content === 'string' ? [block.content] : textsIn(block.content as readonly object[]);
  });
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptBlocks } from '../../../../src/adapters/opencode/acp/prompt-blocks.ts';

const texts = (prompt: string, instructions: string | null) =>
  promptBlocks(prompt, instructions).map((block) => (block.type === 'text' ? block.text : ''));

describe('what a prompt over ACP consists of', () => {
  it('is the task alone where there are no instructions', () => {
    expect(texts('look at "this"', null)).toEqual(['look at "this"']);
    expect(texts('look', '  ')).toEqual(['look']);
  });

  it('is the instructions, and then the task as it is', () => {
    const [first, second, ...rest] = texts('look', 'You are the tester.');
    expect(first).toContain('You are the tester.');
    expect([second, ...rest]).toEqual(['look']);
  });

  it('never looks like a command to OpenCode, and always ends with the task', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('/compact', ' \n/init now', '//', '/'));
    fc.assert(
      fc.property(text, fc.option(text), (prompt, instructions) => {
        const all = texts(prompt, instructions);
        // As OpenCode 1.18.33 looks for one.
        return all.at(-1) === prompt && !all.join('').trim().startsWith('/');
      }),
    );
  });
});

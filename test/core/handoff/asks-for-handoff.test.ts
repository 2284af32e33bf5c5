import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { asksForHandoff } from '../../../src/core/handoff/asks-for-handoff.ts';

const asks = (prompt: string, words: readonly string[] = DEFAULT_CONFIG.keywords) =>
  asksForHandoff(prompt, words);

describe('a hand-over is asked for by', () => {
  it.each([
    'opencode',
    'OpenCode.',
    ' handoff\n',
    'handoff now',
    'handoff, please!',
    'handoff to opencode',
    'handoff this session to opencode, please',
    'opencode handoff',
    'opencode go on',
    '전환',
    '전환해 줘',
    '전환 부탁해요',
    'opencode로 전환해줘',
    'opencode로 이어서 해 줘',
    '전환해줘'.normalize('NFD'),
  ])('%j', (prompt) => {
    expect(asks(prompt)).toBe(true);
  });
});

describe('a prompt only speaks of it where it says', () => {
  it.each(['opencode docs', 'opencode', 'handoff'])('%j, while no word is configured', (prompt) => {
    expect(asks(prompt, [])).toBe(false);
    expect(asks(prompt, ['', '  '])).toBe(false);
  });

  it.each([
    'opencode docs',
    'opencode: command not found',
    'opencode is a tool that I like',
    'opencode?',
    'handoff.ts has a bug',
    'handoff()',
    'the handoff',
    'how does the handoff to opencode work',
    '"handoff"',
    '/handoff',
    'opencode로 무엇을 할 수 있어?',
    '전환율을 계산해 줘',
    '전환이 느리다',
    'opencodes',
    `handoff ${'please '.repeat(40)}`,
    '',
  ])('%j', (prompt) => {
    expect(asks(prompt)).toBe(false);
  });
});

describe('a word of one’s own', () => {
  it('may hold spaces and signs, and is taken as it stands', () => {
    expect(asks('Beam me up!', ['beam me up'])).toBe(true);
    expect(asks('a.b', ['a.b'])).toBe(true);
    expect(asks('axb', ['a.b'])).toBe(false);
    expect(asks('go (now)', ['go (now)', '[x-y]/z'])).toBe(true);
    expect(asks('[x-y]/z', ['go (now)', '[x-y]/z'])).toBe(true);
  });
});

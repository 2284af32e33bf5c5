import { describe, expect, it } from 'vitest';
import { nameTruly, nameTrulyInReminders } from '../../../src/core/native-tools/name-truly.ts';

const SAID = [
  'You have been invoked in this environment:',
  ' - You are powered by the model named Sonnet 5.5. The exact model ID is claude-sonnet-5-5. Its knowledge ends in May.',
  ' - Platform: linux',
  'Co-Authored-By: Claude Sonnet 5.5 <noreply@anthropic.com>',
].join('\n');

describe('which model answers', () => {
  it('is said of the one that does, and nothing of what another knows', () => {
    expect(nameTruly(SAID, 'GPT-5.2').split('\n')).toEqual([
      'You have been invoked in this environment:',
      ' - You are powered by the model named GPT-5.2.',
      ' - Platform: linux',
      'Co-Authored-By: GPT-5.2',
    ]);
  });

  it('is said to who leads a session in Claude’s place', () => {
    expect(nameTruly("You are Claude Code, Anthropic's official CLI for Claude.", 'GPT-5.2')).toBe(
      "You are GPT-5.2, at work in Claude Code, Anthropic's official CLI for Claude.",
    );
  });

  it('is left alone in what somebody else says', () => {
    const text = `Why does it say "${SAID}"?`;
    expect(nameTrulyInReminders(text, 'GPT-5.2')).toBe(text);
    expect(nameTrulyInReminders(`x <system-reminder>\n${SAID}</system-reminder> ${SAID}`, 'GPT-5.2')).toBe(
      `x <system-reminder>\n${nameTruly(SAID, 'GPT-5.2')}</system-reminder> ${SAID}`,
    );
  });

  it('may be a name with signs that mean something elsewhere', () => {
    expect(nameTruly('Co-Authored-By: Claude', '$& $1')).toBe('Co-Authored-By: $& $1');
  });
});

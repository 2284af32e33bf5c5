import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../src/cli/command-error.ts';
import { findPrograms } from '../../../src/cli/demo/processes/find-programs.ts';
import { demoWordsFor } from '../../../src/cli/demo/words.ts';
import { messagesIn } from '../../../src/cli/messages.ts';

const words = demoWordsFor(messagesIn('en'));
const both = { claude: '/a/claude', opencode: '/b/opencode' };
const env = { PATH: process.env.PATH };

function refusal(search: () => string): CommandError | null {
  try {
    search();
    return null;
  } catch (error) {
    return error instanceof CommandError ? error : null;
  }
}

describe('the programs that the demo plays with', () => {
  it('puts the folder of opencode first on the PATH, for the daemon to find it', () => {
    expect(findPrograms(env, words, both).split(':')[0]).toBe('/b');
  });

  it.each([
    ['claude', { opencode: '/b/opencode' }, 'npm install -g @anthropic-ai/claude-code'],
    ['opencode', { claude: '/a/claude' }, 'npm install -g opencode-ai'],
  ])('says what to install where %s is missing', (program, binaries, remedy) => {
    const error = refusal(() => findPrograms(env, words, binaries));
    expect(error).toMatchObject({ code: `${program}-not-installed`, exit: 'failed' });
    expect(error?.hint).toContain(remedy);
  });

  it('says so where git is missing', () => {
    const error = refusal(() => findPrograms({ PATH: '/nowhere' }, words, both));
    expect(error?.code).toBe('git-not-installed');
  });
});

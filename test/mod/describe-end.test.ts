import { describe, expect, it } from 'vitest';
import { describeEnd, usageOf } from '../../src/mod/describe-end.ts';

const outcome = {
  tokens: { input: 1, output: 2, reasoning: 4, cacheRead: 8, cacheWrite: 16 },
  costUsd: 0,
  filesChanged: [] as string[],
  model: 'gpt-5.2',
  provider: 'openai',
  durationMs: 1,
  fullTextFile: null,
};
const failure = { code: 'server-died', message: 'The server died.' };

describe('the end of a delegated answer', () => {
  it('adds nothing to a report', () => {
    expect(describeEnd({ type: 'finished', outcome }, true).closing).toBe('');
  });

  it('says so where there is no report', () => {
    expect(describeEnd({ type: 'finished', outcome }, false).closing).toContain('without a report');
  });

  it('says why it is incomplete, and what was changed', () => {
    const end = (filesChanged: string[]) =>
      describeEnd({ type: 'failed', failure, begun: true, outcome: { ...outcome, filesChanged } }, true)
        .closing;
    expect(end([])).toBe(
      '\n\n[OMCM: the answer ends here. The server died. What stands above is incomplete.]',
    );
    expect(end(['a', 'b'])).toContain('It had changed: a, b.');
  });

  it('counts what was thought as what was said, since Claude Code knows only one of them', () => {
    expect(usageOf(outcome)).toEqual({
      input_tokens: 1,
      output_tokens: 6,
      cache_creation_input_tokens: 16,
      cache_read_input_tokens: 8,
      model: 'gpt-5.2',
    });
    expect(usageOf(null)).toMatchObject({ input_tokens: 0, output_tokens: 0, model: 'unknown' });
  });
});

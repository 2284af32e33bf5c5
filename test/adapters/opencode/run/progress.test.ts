import { describe, expect, it } from 'vitest';
import {
  judgeSilence,
  NO_PROGRESS,
  type Progress,
  readEventLine,
  readLog,
} from '../../../../src/adapters/opencode/run/progress.ts';

const PATIENCE = { startTimeoutMs: 30_000, stallTimeoutMs: 120_000 };
const log = (rest: string) => `timestamp=2026-11-22T17:19:59.813Z ${rest}`;
const asked = log('level=INFO message=stream session.id=ses_1 agent=omcm-1');
const refused = log(
  'level=ERROR message="stream error" session.id=ses_1 error.error="AI_APICallError: Rate limit reached"',
);

const follow = (...lines: readonly string[]): Progress =>
  lines.reduce((progress, line) => readLog(progress, line).progress, NO_PROGRESS);

describe('a silent run', () => {
  it('has not started as long as it has not asked its provider', () => {
    expect(judgeSilence(follow('Error: something'), PATIENCE)).toMatchObject({
      limitMs: 30_000,
      failure: { code: 'server-start-failed', detail: expect.stringContaining('Error: something') },
    });
  });

  it('waits for its provider once it has asked', () => {
    expect(judgeSilence(follow(asked), PATIENCE)).toMatchObject({
      limitMs: 120_000,
      failure: { code: 'provider-silent' },
    });
  });

  it('is soon given up after a refusal, for OpenCode would only ask again', () => {
    const { limitMs, failure } = judgeSilence(follow(asked, refused), PATIENCE);
    expect(limitMs).toBeLessThan(2_000);
    expect(failure.code).toBe('provider-rate-limited');
  });
});

describe('the log of a run', () => {
  it('gives it up when the provider is asked again', () => {
    expect(follow(asked, refused, asked).problem?.code).toBe('provider-rate-limited');
    expect(follow(asked).problem).toBeNull();
  });

  it('gives it up when OpenCode goes on as somebody else, whose rights are not ours', () => {
    const fallen = '! agent "omcm-1" not found. Falling back to default agent';
    expect(follow(fallen).problem?.code).toBe('internal');
    expect(
      follow(log(`level=INFO message=created title="${fallen.replaceAll('"', '\\"')}"`)).problem,
    ).toBeNull();
  });

  it('keeps the last error, which an answer may not tell', () => {
    expect(
      follow(log('level=ERROR message=failed error="X: y"'), log('level=INFO message=init')).lastError,
    ).toBe('X: y');
  });

  it('tells of a permission that was refused because nobody was there', () => {
    const { out } = readLog(NO_PROGRESS, '! permission requested: edit (a.ts, b.ts); auto-rejecting');
    expect(out).toMatchObject([
      { type: 'permission', permission: 'edit', patterns: ['a.ts', 'b.ts'], reply: 'reject' },
    ]);
  });

  it('remembers the end of what was said beside it, not all of it', () => {
    expect(follow(...Array.from({ length: 500 }, (_, i) => `line ${i}`)).tail).toMatch(/line 499$/);
    expect(follow('x'.repeat(10_000)).tail.length).toBeLessThanOrEqual(500);
  });
});

describe('an event line', () => {
  it('leaves an error to the exit that follows it, and gives up an endless loop at once', () => {
    const error = JSON.stringify({ type: 'error', sessionID: 's', error: { name: 'UnknownError' } });
    expect(readEventLine(NO_PROGRESS, error).progress).toMatchObject({ problem: null, isAsked: true });
    const empty = (id: string) =>
      JSON.stringify({
        type: 'step_finish',
        sessionID: 's',
        part: {
          id,
          reason: 'unknown',
          cost: 0,
          tokens: { input: 0, output: 0, reasoning: 0, cache: { read: 0, write: 0 } },
        },
      });
    const looped = ['1', '2', '3'].reduce(
      (progress, id) => readEventLine(progress, empty(id)).progress,
      NO_PROGRESS,
    );
    expect(looped.problem?.code).toBe('provider-garbage');
  });
});

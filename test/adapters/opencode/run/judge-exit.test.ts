import { describe, expect, it } from 'vitest';
import { type Exit, judgeExit } from '../../../../src/adapters/opencode/run/judge-exit.ts';
import { NOTHING_READ, type RunState } from '../../../../src/adapters/opencode/run/run-event.ts';
import { failure } from '../../../../src/core/delegation/failure.ts';

const exit = (given: Partial<Exit> = {}): Exit => ({
  code: 0,
  signal: null,
  lastError: null,
  tail: '',
  ...given,
});
const having = (given: Partial<RunState>): RunState => ({ ...NOTHING_READ, session: 'ses_1', ...given });
const seeLog = failure('provider-unavailable', {
  detail: 'Unexpected server error. Check server logs for details.',
});

describe('a cold run that has ended', () => {
  it.each([
    ['with its answer', having({ lastFinish: 'stop' }), exit(), null],
    ['with an answer that was cut', having({ lastFinish: 'length' }), exit(), null],
    [
      'after a refused call, with exit code 0 and no answer',
      having({ lastFinish: 'tool-calls' }),
      exit(),
      'provider-garbage',
    ],
    ['with exit code 0 and nothing at all', NOTHING_READ, exit(), 'server-start-failed'],
    [
      'before it began',
      NOTHING_READ,
      exit({ code: 1, tail: 'Configuration is invalid' }),
      'server-start-failed',
    ],
    ['by a signal', having({}), exit({ code: null, signal: 'SIGKILL' }), 'server-died'],
    [
      'by a signal after its answer',
      having({ lastFinish: 'stop' }),
      exit({ code: null, signal: 'SIGKILL' }),
      'server-died',
    ],
    [
      'with an error of its provider',
      having({ failure: failure('provider-refused-key') }),
      exit({ code: 1 }),
      'provider-refused-key',
    ],
    [
      'with an error that only the log explains',
      having({ failure: seeLog }),
      exit({ code: 1, lastError: 'Model not found: openai/nope.' }),
      'model-not-found',
    ],
    [
      'with an error that nothing explains',
      having({ failure: seeLog }),
      exit({ code: 1 }),
      'provider-unavailable',
    ],
  ])('%s', (_, state, how, code) => {
    expect(judgeExit(state, how)?.code ?? null).toBe(code);
  });

  it('tells what it said last', () => {
    expect(judgeExit(NOTHING_READ, exit({ code: 1, tail: 'no space left' }))?.detail).toBe(
      'exit 1: no space left',
    );
  });
});

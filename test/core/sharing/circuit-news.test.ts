import { describe, expect, it } from 'vitest';
import type { Circuits } from '../../../src/core/circuit/circuit-state.ts';
import { noteFailure, noteSuccess } from '../../../src/core/circuit/note-outcome.ts';
import { beginProbe, endProbe } from '../../../src/core/circuit/probe.ts';
import { type Failure, failure } from '../../../src/core/delegation/failure.ts';
import { findNews, listNews } from '../../../src/core/sharing/circuit-news.ts';

const NOW = 1_800_000_000_000;
const SECOND = 1_000;
const MODEL = 'google/gemini-3-flash';
const TELLER = { accounts: ['gemini'], now: NOW };
const LIMIT = failure('provider-rate-limited', { retryAfterMs: 60 * SECOND });

function opened(by: Failure, key = MODEL, now = NOW): Circuits {
  return noteFailure({}, key, { failed: by, now });
}
const toldOf = (by: Failure, key = MODEL, accounts = TELLER.accounts) =>
  findNews({ before: {}, after: opened(by, key), failure: by }, { accounts, now: NOW });

describe('what a machine tells its team of a failure', () => {
  it('is how long the model rests, and why', () => {
    const rests = { key: MODEL, kind: 'rests', ms: 60 * SECOND, code: 'provider-rate-limited', times: 1 };
    expect(toldOf(LIMIT)).toEqual([rests]);
    expect(toldOf(LIMIT, MODEL, ['google']), 'by either name').toEqual([rests]);
  });

  it.each([
    ['a limit of an account of its own', LIMIT, MODEL, []],
    ['anything of Claude', LIMIT, 'anthropic/claude-haiku-5-5', ['anthropic', 'claude']],
    ['a refused key', failure('provider-refused-key', { detail: '401' }), 'google/*', TELLER.accounts],
    ['a model that its OpenCode does not know', failure('model-not-found'), MODEL, TELLER.accounts],
    ['silence', failure('provider-silent'), MODEL, TELLER.accounts],
  ] as const)('is not %s', (_, by, key, accounts) => {
    expect(opened(by, key)).not.toEqual({});
    expect(toldOf(by, key, [...accounts])).toEqual([]);
  });

  it.each([
    ['The model is overloaded. Please try again later.', 1],
    ['Internal Server Error', 1],
    ['The server had an error while processing your request', 1],
    ['503 Service Unavailable', 1],
    ['Was there a typo in the url or port?', 0],
    ['Unable to connect. Is the computer able to access the url?', 0],
    ['Cannot connect to API: connect ECONNREFUSED', 0],
    ['fetch failed', 0],
    ['getaddrinfo ENOTFOUND generativelanguage.googleapis.com', 0],
    [undefined, 0],
  ])(
    'is a server error whoever pays for the account, but not that it was not reached: %s',
    (detail, told) => {
      const by = failure('provider-unavailable', detail === undefined ? {} : { detail });
      expect(toldOf(by, 'google/*', [])).toHaveLength(told);
    },
  );
});

describe('a machine that tries out what has rested', () => {
  const later = NOW + 61 * SECOND;
  const resting = opened(LIMIT);
  const probing = beginProbe(resting, MODEL, { now: later });
  const tell = (before: Circuits, after: Circuits, by: Failure | null) =>
    findNews({ before, after, failure: by }, { ...TELLER, now: later });

  it('says so, so that no other does', () => {
    expect(tell(resting, probing, null)).toMatchObject([{ key: MODEL, kind: 'tries', ms: 120 * SECOND }]);
  });

  it('says what came of it', () => {
    expect(tell(probing, noteSuccess(probing, MODEL, later), null)).toEqual([{ key: MODEL, kind: 'back' }]);
    const again = noteFailure(probing, MODEL, { failed: LIMIT, now: later });
    expect(tell(probing, again, LIMIT)).toMatchObject([{ kind: 'rests', ms: 60 * SECOND, times: 2 }]);
  });

  it('leaves it to the others where that says nothing to them', () => {
    expect(tell(probing, endProbe(probing, MODEL, later), failure('cancelled'))).toEqual([
      { key: MODEL, kind: 'due' },
    ]);
    const silent = failure('provider-silent');
    const after = noteFailure(probing, MODEL, { failed: silent, now: later });
    expect(tell(probing, after, silent)).toEqual([{ key: MODEL, kind: 'due' }]);
  });
});

describe('what is told again when Redis is back', () => {
  it('are the limits that this machine has met itself and that still hold', () => {
    const told = { ...opened(LIMIT, 'google/told')['google/told'], from: 'devbox' } as Circuits[string];
    const circuits = {
      ...opened(LIMIT),
      ...opened(LIMIT, 'google/over', NOW - 61 * SECOND),
      ...opened(LIMIT, 'openai/own-account'),
      ...opened(failure('provider-unavailable', { detail: 'overloaded' }), 'google/*'),
      'google/told': told,
    };
    expect(listNews(circuits, TELLER).map(({ key }) => key)).toEqual([MODEL]);
  });
});

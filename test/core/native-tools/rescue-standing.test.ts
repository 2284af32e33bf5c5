import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answering,
  holdsStill,
  judgeRescue,
  offer,
  type RescueStanding,
  type RescueWish,
  say,
} from '../../../src/core/native-tools/rescue-standing.ts';

const NOON = 1_000_000_000_000;
const RESET = NOON + 3_600_000;
const refusal = (at = NOON, until: number | null = RESET) => ({
  sessionId: 's1',
  model: 'GPT-5.2',
  until,
  at,
});
const word = (said: 'on' | 'off', at = NOON) => ({ sessionId: 's1', word: said, at });

/** What may happen to a session, one after the other. */
const step = fc.constantFrom('refused', 'on', 'off');
const wishes = fc.constantFrom<RescueWish>('off', 'ask', 'auto');

function play(steps: readonly string[], wish: RescueWish): readonly (readonly [string, string | null])[] {
  let standing: RescueStanding | null = null;
  const seen: (readonly [string, string | null])[] = [];
  for (const [index, what] of steps.entries()) {
    const at = NOON + index;
    let verdict: string | null = null;
    if (what === 'refused') {
      verdict = judgeRescue(standing, wish);
      if (verdict === 'offer') standing = offer(standing, refusal(at));
      if (verdict === 'answer') standing = answering(standing, refusal(at));
    } else standing = say(standing, word(what === 'on' ? 'on' : 'off', at));
    seen.push([what, verdict]);
  }
  return seen;
}

describe('who answers a session whose window is spent', () => {
  it.each<readonly [RescueWish, string]>([
    ['off', 'leave'],
    ['ask', 'offer'],
    ['auto', 'answer'],
  ])('is what is set where nothing was said of it: %s', (wish, verdict) => {
    expect(judgeRescue(null, wish)).toBe(verdict);
  });

  it('is never another model without a yes, or against a no, whatever happened before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), wishes, (steps, wish) => {
        let said: string | null = null;
        for (const [what, verdict] of play(steps, wish)) {
          if (what !== 'refused') said = what;
          if (verdict === 'answer') expect(said === 'on' || (said === null && wish === 'auto')).toBe(true);
          if (verdict === 'offer') expect([said, wish]).toEqual([null, 'ask']);
        }
      }),
    );
  });

  it('is offered once, keeps its time, and answers until the reset that was told then', () => {
    const offered = offer(null, refusal());
    expect(offer(offered, refusal(NOON + 5))).toBe(offered);
    const allowed = say(offered, word('on', NOON + 10));
    expect(allowed).toMatchObject({ state: 'allowed', model: 'GPT-5.2', until: RESET });
    const first = answering(allowed, refusal(NOON + 20, RESET + 9));
    expect(first).toMatchObject({ state: 'answering', since: NOON + 20, until: RESET });
    expect(answering(first, { ...refusal(NOON + 30), model: 'Gemini' })).toEqual({
      ...first,
      model: 'Gemini',
    });
    expect(holdsStill(first, RESET - 1)).toBe(true);
    expect(holdsStill(first, RESET)).toBe(false);
  });

  it('who says yes beforehand says it of the window that is spent next', () => {
    const allowed = say(null, word('on'));
    expect(allowed).toMatchObject({ model: null, until: null });
    expect(answering(allowed, refusal(NOON + 5))).toMatchObject({ until: RESET });
  });

  it('a no holds against what is answered at that moment, and not for ever', () => {
    const refused = say(answering(null, refusal(NOON, null)), word('off'));
    expect(answering(refused, refusal(NOON + 1))).toBe(refused);
    expect(holdsStill(refused, NOON + 24 * 3_600_000 - 1)).toBe(true);
    expect(holdsStill(refused, NOON + 24 * 3_600_000)).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRoute } from '../../src/core/routing/decide-route.ts';
import { findSessionRequest } from '../../src/core/session-mode/find-request.ts';
import { SESSION_MODES } from '../../src/core/session-mode/session-mode.ts';
import { routeInput } from './route-arbitraries.ts';

const word = fc.constantFrom(...SESSION_MODES, 'stop', 'cancel', '중단', '취소');
const anyText = fc.string({ unit: 'binary', maxLength: 200 });
/** Words that a task is made of: none of them makes a sentence about the mode. */
const task = fc
  .array(fc.constantFrom('refactor', 'src/a.ts', 'the', '결제를', '고쳐', 'tests', '3'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((words) => words.join(' '));

describe('a prompt', () => {
  it('is understood or not, whatever it is, and the same each time', () => {
    fc.assert(
      fc.property(anyText, (prompt) => {
        expect(findSessionRequest(prompt)).toEqual(findSessionRequest(prompt));
      }),
    );
  });

  it('asks for nothing where other text comes before the word', () => {
    const before = anyText.filter((text) => text.trim() !== '' && findSessionRequest(text) === null);
    fc.assert(
      fc.property(before, word, anyText, (text, spoken, rest) => {
        const prompt = `${text}. ${spoken} ${rest}`;
        // What comes first is not one of the words, so nothing that follows can make it one.
        expect(findSessionRequest(`x${prompt}`)).toBeNull();
      }),
    );
  });

  it('starts a mode by its word alone or with a task after it, in any case and after any blanks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SESSION_MODES),
        fc.boolean(),
        fc.stringMatching(/^[ \n\t]{0,4}$/),
        fc.option(task),
        (mode, loud, blanks, work) => {
          const said = `${blanks}${loud ? mode.toUpperCase() : mode}${work === null ? '' : ` ${work}`}`;
          expect(findSessionRequest(said)).toEqual({ kind: 'start', mode });
        },
      ),
    );
  });

  it('never ends anything with a task in it', () => {
    fc.assert(
      fc.property(word, task, (spoken, work) => {
        expect(findSessionRequest(`${spoken} ${work}`)?.kind).not.toBe('stop');
      }),
    );
  });

  it('of a notification asks for nothing', () => {
    fc.assert(
      fc.property(word, anyText, (spoken, rest) => {
        expect(findSessionRequest(`<task-notification>${spoken} ${rest}`)).toBeNull();
      }),
    );
  });
});

describe('the mode of a session', () => {
  it('routes whatever fusion routes, and nothing else, where it is hulw or autopilot', () => {
    fc.assert(
      fc.property(routeInput, fc.constantFrom('hulw' as const, 'autopilot' as const), (asked, session) => {
        const withPace = { ...asked, pace: undefined, rules: { ...asked.rules, autoHandoff: false } };
        const fusion = decideRoute({ ...withPace, mode: 'fusion', session: undefined });
        const inSession = decideRoute({ ...withPace, session });
        expect([inSession.route, inSession.target]).toEqual([fusion.route, fusion.target]);
      }),
    );
  });

  it('moves nothing that is not known to be short, where it is ulw', () => {
    fc.assert(
      fc.property(routeInput, (asked) => {
        const quota = { fiveHour: null, weekly: null };
        const { step, route } = decideRoute({ ...asked, quota, session: 'ulw' });
        if (step === 'session') expect(route).toBe(false);
      }),
    );
  });
});

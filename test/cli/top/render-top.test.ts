import fc from 'fast-check';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { renderTop } from '../../../src/cli/top/render-top.ts';
import { FIRST_VIEW } from '../../../src/cli/top/top-view.ts';
import { displayWidth } from '../../../src/core/hud/display-width.ts';
import { beginLive, type LiveState } from '../../../src/core/live/live-state.ts';
import { liveWords } from '../../../src/core/live/live-words.ts';
import { decision, liveTask } from '../../core/live/samples.ts';

const LIMITS = { tasks: 99, runs: 9, decisions: 99, problems: 99, textChars: 999 };

const frame = { colours: picocolors.createColors(false), words: liveWords('en'), now: 65_000 };

const STATE: LiveState = {
  ...beginLive(LIMITS),
  tasks: [
    liveTask({ id: 'done', agent: 'architect', state: 'done', endedAt: 4_000, tokens: 12_345 }),
    liveTask({ activity: 'read src/한글/파일.ts', text: 'first\nsecond 글자' }),
  ],
  decisions: [decision({ reason: 'fusion-default-explore' })],
  problems: [{ at: 0, code: 'provider-rate-limited', message: '429' }],
};

describe('a frame of omcm top', () => {
  it('shows what runs first, its stream, the decisions and the problems', () => {
    const text = renderTop(STATE, FIRST_VIEW, { ...frame, columns: 120, rows: 40 }).join('\n');
    expect(text).toMatch(
      /› {2}explore +gemini\/gemini-3-flash +running +1 min 5 s +– +read src\/한글\/파일\.ts/,
    );
    expect(text).toMatch(/architect +gemini\/gemini-3-flash +done +4 s +12\.3k/);
    expect(text).toContain('second 글자');
    expect(text).toMatch(/explore +routed +fusion-default-explore +gemini\/gemini-3-flash/);
    expect(text).toContain('provider-rate-limited  429');
    expect(text).toContain('q quit');
  });

  it('shows a team: who is there, what waits, and on which worker a task is', () => {
    const worker = {
      id: 'gpu-1-4711',
      version: '1.2.3',
      providers: ['openai'],
      tags: ['gpu'],
      running: 1,
      concurrency: 4,
      done: 7,
      since: 5_000,
      state: 'working',
    } as const;
    const team = { kind: 'team', namespace: 'omcm', waiting: 3, running: 1 } as const;
    const show = (redisAnswers: boolean, workers = [worker]) => {
      const tasks = [liveTask({ worker: worker.id, activity: 'read a.txt' })];
      const levels = { ...STATE.levels, team: { ...team, redisAnswers, workers } };
      const state = { ...STATE, tasks, levels };
      return renderTop(state, FIRST_VIEW, { ...frame, columns: 120, rows: 40 }).join('\n');
    };
    expect(show(true)).toMatch(/on gpu-1-4711 · read a\.txt/);
    expect(show(true)).toContain('Team omcm: 3 tasks wait, 1 are at work.');
    expect(show(true)).toMatch(/gpu-1-4711 +working +1\/4 +openai +gpu +1 min 0 s/);
    expect(show(true)).not.toContain('does not answer');
    expect(show(false)).toContain('The Redis of the team does not answer');
    expect(show(true, [])).toContain('No worker is there');
  });

  it('says in which sessions another model answers for Claude, since when and until when', () => {
    const one = { sessionId: '5f0c1d2e-1', model: 'GPT-5.2', since: 5_000, until: 125_000 };
    const rescues = [
      { ...one, state: 'answering' },
      { ...one, sessionId: '6a', state: 'offered', until: null },
      { ...one, sessionId: '7b', state: 'refused' },
    ] as const;
    const state = { ...STATE, levels: { ...STATE.levels, rescues } };
    const text = renderTop(state, FIRST_VIEW, { ...frame, columns: 160, rows: 40 }).join('\n');
    expect(text).toMatch(
      /GPT-5\.2 answers session 5f0c1d2e in Claude's place since \d\d:\d\d, until its reset at \d\d:\d\d, in 1 min 0 s\./,
    );
    expect(text).toContain('could answer session 6a in Claude\'s place: type "rescue on" there.');
    expect(text).not.toContain('session 7b');
  });

  it('is never wider or longer than the terminal, whatever is in it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 160 }),
      rows: fc.integer({ min: 1, max: 60 }),
    });
    const locale = fc.constantFrom('en' as const, 'ko' as const);
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), size, locale, (texts, { columns, rows }, language) => {
        const tasks = texts.map((agent, at) =>
          liveTask({ id: String(at), agent, text: agent, activity: agent }),
        );
        const words = liveWords(language);
        const state = { ...STATE, tasks, decisions: texts.map((reason) => decision({ reason })) };
        const colours = picocolors.createColors(true);
        const lines = renderTop(state, FIRST_VIEW, { ...frame, words, colours, columns, rows });
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 40 },
    );
  });

  it('takes no command for the terminal out of what a model says', () => {
    const tasks = [liveTask({ text: 'a\u001B[2Jb', activity: '\u001B]0;x\u0007c', agent: '\u0007d' })];
    const lines = renderTop({ ...STATE, tasks }, FIRST_VIEW, { ...frame, columns: 80, rows: 40 });
    expect(lines.join('\n')).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

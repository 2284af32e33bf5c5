import fc from 'fast-check';
import { oneLine } from '../../src/core/context/one-line.ts';
import type { WorkContext } from '../../src/core/context/work-context.ts';

/** In every script, with marks, markup and characters of several code units. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120, size: 'max' }),
  fc.string({ unit: 'binary', maxLength: 120, size: 'max' }).filter((it) => !/[\ud800-\udfff]/u.test(it)),
  fc.constantFrom(
    '## 현재 작업',
    '- [x] done',
    '\\# x',
    '| a | b |',
    '👨‍👩‍👧‍👦 가족 각',
    'x [note]',
    '**a** b',
    '```',
    '> q',
    '[~] y',
  ),
);
const line = text.map(oneLine).filter((it) => it !== '');
const lines = (maxLength = 6) => fc.array(line, { maxLength });
const prose = fc.array(text, { maxLength: 5 }).map((all) => all.join('\n').replace(/\r\n?/g, '\n').trim());
const path = line.filter((it) => it.trim() === it);
const name = line.map((it) => it.replace(/[[\]*]/g, '').trim()).filter((it) => it !== '');
const nameOrNone = fc.option(line);

export const workContexts: fc.Arbitrary<WorkContext> = fc.record({
  task: fc.record({ description: prose, goals: lines(3), constraints: lines(3), summary: prose }),
  files: fc.record({
    changed: fc.array(path, { maxLength: 10 }),
    referenced: fc.array(path, { maxLength: 5 }),
  }),
  todos: fc.record({ inProgress: lines(2), pending: lines(), completed: lines() }),
  decisions: fc.array(
    fc.record({
      text: line,
      source: fc.constantFrom('session', 'note', 'project', 'delegated' as const),
      by: fc.option(name),
    }),
    { maxLength: 6 },
  ),
  delegated: fc.array(
    fc.record({
      agent: name,
      said: text.map(oneLine),
      files: fc.array(path, { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
  meta: fc.record({
    from: fc.constantFrom('claude-code', 'opencode' as const),
    sessionId: nameOrNone,
    project: nameOrNone,
    branch: nameOrNone,
    usage: fc.record({
      fiveHour: fc.option(fc.integer({ min: 0, max: 100 })),
      weekly: fc.option(fc.integer({ min: 0, max: 100 })),
    }),
    builtAt: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1_000),
    buildMs: fc.nat(100_000),
  }),
});

import fc from 'fast-check';
import type { LiveChange } from '../../src/core/live/live-change.ts';
import type { LiveRunTask, LiveTask } from '../../src/core/live/live-state.ts';

/** Few names, so that changes meet. */
const id = fc.constantFrom('a', 'b', 'c', 'd');
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const at = fc.nat();

const task: fc.Arbitrary<LiveTask> = fc.record({
  id,
  agent: text,
  target: text,
  worker: fc.constantFrom(null, 'w'),
  sessionId: fc.constant(null),
  runId: fc.constant(null),
  directory: fc.constant('/p'),
  prompt: text,
  state: fc.constantFrom('running', 'done', 'failed'),
  startedAt: at,
  endedAt: fc.constant(null),
  activity: fc.constant(''),
  text: fc.constant(''),
  tokens: fc.constant(null),
  failure: fc.constant(null),
  canCancel: fc.boolean(),
});

const runTask: fc.Arbitrary<LiveRunTask> = fc.record({
  id,
  agent: text,
  dependsOn: fc.constant([]),
  state: fc.constantFrom('waiting', 'running', 'done', 'skipped'),
  model: fc.constant(null),
  worker: fc.constant(null),
  startedAt: fc.constant(null),
  endedAt: fc.constant(null),
  why: fc.constant(null),
});

const change: fc.Arbitrary<LiveChange> = fc.oneof(
  fc.record({ type: fc.constant('task' as const), task }),
  fc.record({ type: fc.constant('task-text' as const), id, text }),
  fc.record({ type: fc.constant('task-activity' as const), id, text }),
  fc.record({ type: fc.constant('task-tokens' as const), id, tokens: at }),
  fc.record({
    type: fc.constant('task-ended' as const),
    id,
    end: fc.record({
      state: fc.constantFrom('done' as const, 'failed' as const),
      target: text,
      endedAt: at,
      tokens: at,
      failure: fc.constant(null),
    }),
  }),
  fc.record({
    type: fc.constant('run' as const),
    run: fc.record({
      id,
      directory: text,
      startedAt: at,
      tasks: fc.uniqueArray(runTask, { selector: (one) => one.id, maxLength: 3 }),
    }),
  }),
  fc.record({ type: fc.constant('run-task' as const), run: id, task: runTask }),
  fc.record({
    type: fc.constant('decision' as const),
    decision: fc.record({
      at,
      requestId: id,
      agent: text,
      sessionId: fc.constant(null),
      decision: fc.constantFrom('route' as const, 'native' as const, 'block' as const),
      reason: text,
      provider: fc.constant(null),
      model: fc.constant(null),
      durationMs: at,
      steps: fc.constant([]),
    }),
  }),
  fc.record({
    type: fc.constant('problem' as const),
    problem: fc.record({ at, code: text, message: text }),
  }),
  fc.record({
    type: fc.constant('levels' as const),
    levels: fc.record({ savings: fc.constantFrom(null, []) }, { requiredKeys: [] }),
  }),
);

export const changes = fc.array(change, { maxLength: 60 });

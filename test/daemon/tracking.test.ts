import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { metricsSpec } from '../../src/adapters/files/metrics-state.ts';
import type { OutcomeEntry } from '../../src/adapters/files/outcome-log.ts';
import { rotateFile } from '../../src/adapters/files/rotate-file.ts';
import type { RoutingLogEntry } from '../../src/adapters/files/routing-line.ts';
import { readStateFile } from '../../src/adapters/files/state-file.ts';
import { sumMetrics } from '../../src/core/tracking/tally.ts';
import { toRoutingEvent, toTaskEvent } from '../../src/core/tracking/to-event.ts';
import { createJournal } from '../../src/daemon/tracking/create-journal.ts';
import { createTracking } from '../../src/daemon/tracking/create-tracking.ts';
import { TEST_FOLDER_PREFIX } from '../support/test-folder-prefix.ts';

const NOW = Date.UTC(2026, 0, 28, 12);

function useFolder() {
  const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return {
    remove,
    paths: {
      metricsFile: join(folder, 'metrics.json'),
      routingLogFile: join(folder, 'routing-log.jsonl'),
      outcomeLogFile: join(folder, 'task-outcomes.jsonl'),
    },
  };
}

type Files = ReturnType<typeof useFolder>['paths'];

/** One life of the daemon's tracking, with the lines that its recorder writes. */
async function startLife(paths: Files) {
  const problems: string[] = [];
  const onProblem = (code: string, message: string) => problems.push(`${code}: ${message}`);
  const journal = createJournal({ paths, onProblem });
  const tracking = createTracking({ paths, journal, now: () => NOW, onProblem });
  await tracking.start(100);
  return {
    problems,
    decide: (requestId: string) => {
      const line = decisionLine(requestId);
      tracking.record(toRoutingEvent({ ...line, cached: true }));
      journal.decision(line, { cached: true });
    },
    end: (requestId: string) => {
      tracking.record(toTaskEvent(outcomeLine(requestId)));
      journal.outcome(outcomeLine(requestId));
      journal.afterwards({ ...decisionLine(requestId), reason: 'failed-provider-rate-limited' }, {});
    },
    total: () => sumMetrics(tracking.report(0).days),
    save: tracking.stop,
    /** What `kill -9` leaves, as soon as the lines are written. */
    untilWritten: () => journal.afterLines(async () => undefined),
  };
}

function decisionLine(requestId: string): RoutingLogEntry {
  return {
    timestamp: NOW,
    requestId,
    sessionId: 's',
    toolName: 'Agent',
    subagentType: 'Explore',
    agent: 'explore',
    decision: 'route',
    reason: 'fusion-default-explore',
    target: 'opencode',
    provider: 'gemini',
    model: 'gemini-3-flash',
    durationMs: 2,
  };
}

function outcomeLine(requestId: string): OutcomeEntry {
  return {
    timestamp: NOW,
    requestId,
    sessionId: null,
    runId: null,
    agent: 'explore',
    provider: 'gemini',
    model: 'gemini-3-flash',
    failure: null,
    tokens: { input: 100, output: 10, reasoning: 1, cacheRead: 5, cacheWrite: 0 },
    costUsd: 0.25,
    durationMs: 1_000,
    directory: '/work',
    spent: [],
    answerTokens: 12,
  };
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant('decide' as const) },
  { weight: 4, arbitrary: fc.constant('end' as const) },
  { weight: 2, arbitrary: fc.constant('save' as const) },
  { weight: 2, arbitrary: fc.constant('kill' as const) },
  { weight: 1, arbitrary: fc.constant('rotate' as const) },
);

describe('what was counted', () => {
  it('is neither lost nor doubled by any restarts, saved or killed, with logs that rotate', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { paths, remove } = useFolder();
        try {
          let life = await startLife(paths);
          const counted = { decide: 0, end: 0 };
          for (const [index, one] of steps.entries()) {
            if (one === 'decide' || one === 'end') {
              counted[one] += 1;
              life[one](`request-${index}`);
            } else if (one === 'save') await life.save();
            else {
              await life.untilWritten();
              // At most one rotation between two saves: what lies in more than four files is gone by intent.
              if (one === 'rotate' && steps.lastIndexOf('rotate') === index)
                await rotateFile(paths.routingLogFile, 0);
              life = await startLife(paths);
            }
            expect(life.problems).toEqual([]);
            const { routing, performance, cache, usage } = life.total();
            expect(routing.total).toBe(counted.decide);
            expect(cache.hits).toBe(counted.decide);
            expect(performance).toMatchObject({ count: counted.end, totalDuration: counted.end * 1_000 });
            expect(usage.gemini?.input ?? 0).toBe(counted.end * 100);
          }
          await life.untilWritten();
        } finally {
          remove();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is counted again from the logs where the saved counts are damaged, which is said', async () => {
    const { paths, remove } = useFolder();
    onTestFinished(remove);
    const before = await startLife(paths);
    before.decide('a');
    before.end('a');
    await before.save();
    expect(await readStateFile(metricsSpec(paths.metricsFile))).toMatchObject({
      kind: 'ok',
      value: { counted: { decision: 'a', outcome: 'a' } },
      problems: [],
    });
    writeFileSync(paths.metricsFile, readFileSync(paths.metricsFile, 'utf8').slice(0, 40));

    const after = await startLife(paths);

    expect(after.total().routing.total).toBe(1);
    expect(after.total().performance.count).toBe(1);
    expect(after.problems).toHaveLength(1);
    expect(after.problems[0]).toContain('state-damaged');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src/core/delegation/engine.ts';
import { fitResult } from '../../../src/core/delegation/fit-result.ts';
import { advanceReport, EMPTY_REPORT, finishReport } from '../../../src/core/delegation/report-stream.ts';
import { createReportWriter } from '../../../src/daemon/delegation/report-writer.ts';

const FILE = '/state/results/task.md';

async function writeAll(events: readonly EngineEvent[], maxChars: number) {
  const writer = createReportWriter(maxChars);
  const streamed: string[] = [];
  for (const event of events) {
    streamed.push(writer.write(event));
    // What is out is out: nothing may be taken back later.
    expect(writer.hasHandedOut()).toBe(streamed.join('') !== '');
  }
  const kept: string[] = [];
  const { rest, file } = await writer.end(async (whole) => {
    kept.push(whole);
    return FILE;
  });
  return { streamed: streamed.join(''), rest, file, kept };
}

/** The report as the core tells it, without any limit. */
function wholeReport(events: readonly EngineEvent[]): string {
  let state = EMPTY_REPORT;
  let whole = '';
  for (const event of events) {
    if (event.type !== 'text' && event.type !== 'step-ended') continue;
    const step =
      event.type === 'text' ? { ...event, kind: 'text' as const } : { ...event, kind: 'step-ended' as const };
    const advanced = advanceReport(state, step);
    state = advanced.state;
    whole += advanced.emit;
  }
  return whole + finishReport(state);
}

const piece = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('가', '🏁', '\ud83d', '\udfc1', '# ', '\n', 'a'), maxLength: 40 }),
  fc.integer({ min: 300, max: 900 }).map((length) => 'long text. '.repeat(length / 10)),
);
const event: fc.Arbitrary<EngineEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('text' as const), step: fc.nat(3), delta: piece }) },
  fc.record({
    type: fc.constant('step-ended' as const),
    step: fc.nat(3),
    finish: fc.constantFrom('stop', 'length', 'tool-calls', 'unknown'),
  }),
  fc.constant({ type: 'tool' as const, tool: 'read', title: 'x', status: 'completed' as const }),
);

describe('what is handed out while it streams and what is left of it', () => {
  it('are together the fitted report, whatever it is cut into', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 25 }),
        fc.integer({ min: 1_000, max: 4_000 }),
        async (events, max) => {
          const whole = wholeReport(events);
          const { streamed, rest, file, kept } = await writeAll(events, max);
          expect(streamed + rest).toBe(fitResult(whole, max, FILE).text);
          expect((streamed + rest).length).toBeLessThanOrEqual(max);
          expect([file, kept]).toEqual(whole.length > max ? [FILE, [whole]] : [null, []]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are so without a file as well', async () => {
    const writer = createReportWriter(1_000);
    const text = 'x'.repeat(5_000);
    const streamed = writer.write({ type: 'text', step: 0, delta: text });
    const { rest, file } = await writer.end(async () => null);
    expect(streamed + rest).toBe(fitResult(text, 1_000, null).text);
    expect(file).toBeNull();
  });
});

describe('a report', () => {
  it('streams while it grows: a long one does not come at its end', () => {
    const writer = createReportWriter(10_000);
    const first = writer.write({ type: 'text', step: 0, delta: 'a'.repeat(500) });
    const second = writer.write({ type: 'text', step: 0, delta: 'b' });
    expect([first.length, second]).toEqual([500, 'b']);
  });

  it('is nothing where nothing was said', async () => {
    expect(await writeAll([], 1_000)).toEqual({ streamed: '', rest: '', file: null, kept: [] });
  });
});

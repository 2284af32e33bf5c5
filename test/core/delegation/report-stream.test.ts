import { describe, expect, it } from 'vitest';
import {
  advanceReport,
  EMPTY_REPORT,
  finishReport,
  type ReportEvent,
} from '../../../src/core/delegation/report-stream.ts';

const text = (step: number, delta: string): ReportEvent => ({ kind: 'text', step, delta });
const ended = (finish: string): ReportEvent => ({ kind: 'step-ended', finish });
const LONG = 'x'.repeat(401);

/** What was emitted at each event, and last of all at the end. */
function play(...events: ReportEvent[]): string[] {
  const emitted: string[] = [];
  let state = EMPTY_REPORT;
  for (const event of events) {
    const next = advanceReport(state, event);
    // As it would be after a restart in between.
    state = JSON.parse(JSON.stringify(next.state));
    emitted.push(next.emit);
  }
  return [...emitted, finishReport(state)];
}

describe('the report', () => {
  it('is the text of the last step, given out when the step ends', () => {
    expect(play(text(1, 'All '), text(1, 'done.'), ended('stop'))).toEqual(['', '', 'All done.', '']);
  });

  it("counts a text that was cut at the model's limit", () => {
    expect(play(text(1, 'Cut he'), ended('length'))).toEqual(['', 'Cut he', '']);
  });

  it('leaves out what was said before a tool call', () => {
    expect(
      play(text(1, 'Let me look.'), ended('tool-calls'), text(2, 'Found it.'), ended('stop')).join(''),
    ).toBe('Found it.');
  });

  it('streams a long text as it comes', () => {
    expect(play(text(1, 'x'.repeat(400)), text(1, 'y'), text(1, 'z'), ended('stop'))).toEqual([
      '',
      `${'x'.repeat(400)}y`,
      'z',
      '',
      '',
    ]);
  });

  it('parts the steps that were given out by a blank line', () => {
    const emitted = play(
      text(1, LONG),
      ended('tool-calls'),
      text(2, 'no'),
      ended('tool-calls'),
      text(3, 'End.'),
      ended('stop'),
    );
    expect(emitted.join('')).toBe(`${LONG}\n\nEnd.`);
  });

  it('is the last thing said, where the run ended without a report', () => {
    expect(play(text(1, 'First.'), ended('tool-calls'), text(2, 'Then.'), ended('tool-calls')).join('')).toBe(
      'Then.',
    );
  });

  it('does not let a silent last step hide what was said before it', () => {
    expect(play(text(1, 'Said.'), ended('tool-calls'), text(2, ' '), ended('tool-calls')).join('')).toBe(
      'Said.',
    );
    expect(play(text(1, 'Said.'), ended('tool-calls'), ended('stop')).join('')).toBe('Said.');
  });

  it('holds what was said before a long report for noise still', () => {
    expect(play(text(1, 'Look.'), ended('tool-calls'), text(2, LONG), ended('stop')).join('')).toBe(LONG);
  });

  it('keeps the partial text of a step that was broken off', () => {
    expect(play(text(1, LONG), ended('tool-calls'), text(2, 'The answer is'))).toEqual([
      LONG,
      '',
      '',
      '\n\nThe answer is',
    ]);
  });

  it('keeps the text of a last step with an end that we do not know', () => {
    expect(play(text(1, 'Answer.'), ended('unknown'))).toEqual(['', '', 'Answer.']);
  });

  it('takes a new step for the end of the one before', () => {
    expect(play(text(1, 'Look.'), text(2, 'Found.'), ended('stop')).join('')).toBe('Found.');
  });

  it('is empty where nothing was said', () => {
    expect(play(ended('tool-calls'), ended('stop'))).toEqual(['', '', '']);
    expect(play(text(1, '\n\n'), ended('stop')).join('')).toBe('');
  });
});

/**
 * Turns an engine's text into what the conductor gets: the report streams while it is short enough to be taken
 * whole; what is longer is held back, saved to a file, and ends with a digest.
 */
import type { EngineEvent } from '../../core/delegation/engine.ts';
import { fitResult, headLength } from '../../core/delegation/fit-result.ts';
import {
  advanceReport,
  EMPTY_REPORT,
  finishReport,
  type ReportEvent,
  type ReportStream,
} from '../../core/delegation/report-stream.ts';
import { estimateTokens } from '../../core/savings/estimate-tokens.ts';

export type ReportWriter = {
  /** Text that may be handed out now. */
  write(event: EngineEvent): string;
  /** What is left to hand out. A report that is too long is kept in a file first, and names it. */
  end(
    keep: (whole: string) => Promise<string | null>,
  ): Promise<{ readonly rest: string; readonly file: string | null }>;
  hasHandedOut(): boolean;
  /** Of the text that was handed out before the end: a rough count. */
  handedOutTokens(): number;
};

export function createReportWriter(maxChars: number): ReportWriter {
  let report: ReportStream = EMPTY_REPORT;
  let whole = '';
  let handedOut = 0;

  const handOut = (upTo: number): string => {
    const text = whole.slice(handedOut, upTo);
    handedOut += text.length;
    return text;
  };

  return {
    hasHandedOut: () => handedOut > 0,
    handedOutTokens: () => estimateTokens(whole.slice(0, handedOut)),
    write: (event) => {
      const read = toReportEvent(event);
      if (read === null) return '';
      const { state, emit } = advanceReport(report, read);
      report = state;
      whole += emit;
      return handOut(headLength(whole, maxChars));
    },
    end: async (keep) => {
      whole += finishReport(report);
      const file = whole.length > maxChars ? await keep(whole) : null;
      return { rest: fitResult(whole, maxChars, file).text.slice(handedOut), file };
    },
  };
}

function toReportEvent(event: EngineEvent): ReportEvent | null {
  if (event.type === 'text') return { kind: 'text', step: event.step, delta: event.delta };
  return event.type === 'step-ended' ? { kind: 'step-ended', finish: event.finish } : null;
}

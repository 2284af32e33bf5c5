/** What the others have to know of a delegated task's report. The report itself is with whoever asked for it. */
import { cutGraphemes } from './cut-graphemes.ts';
import { findDecisions } from './find-decisions.ts';
import { oneLine } from './one-line.ts';

export type ReportSummary = { readonly said: string; readonly decisions: readonly string[] };

const LONGEST = 200;
const KEPT_DECISIONS = 5;

/** Reports put their findings first. */
export function sumUpReport(text: string): ReportSummary {
  const first = text.split('\n').find((line) => /\p{L}/u.test(line) && !/^\s*#/.test(line));
  return {
    said: cutGraphemes(oneLine((first ?? '').replace(/^(?:\s*[>*+-]\s+)+/, '')), LONGEST),
    decisions: findDecisions(text).slice(-KEPT_DECISIONS),
  };
}

// Which of the streamed text belongs to the report? A model that works with tools talks between them ("let me
// look at …"). That is noise in an answer, but it is known for noise only when the step ends in a tool call.
//
//   text ──► held ──(longer than SURELY_REPORT, or the step ended for good)──► emitted
//              │
//              └──(the step ended in tool calls)──► aside ──(the run ended, nothing was emitted)──► emitted

/** Narration is a sentence or two. What is longer is content, and is shown while it grows. */
const SURELY_REPORT = 400;

export type ReportEvent =
  | { readonly kind: 'text'; readonly step: number; readonly delta: string }
  /** `finish` as the provider gave it: `stop`, `length`, `tool-calls`, … */
  | { readonly kind: 'step-ended'; readonly finish: string };

export type ReportStream = {
  readonly step: number | null;
  /** Text of the running step that is not decided yet. */
  readonly held: string;
  /** The last text that was dropped: all there is if the run ends without a report. */
  readonly aside: string;
  /** The running step is being emitted as it comes. */
  readonly flowing: boolean;
  readonly emittedAny: boolean;
};

export type ReportAdvance = { readonly state: ReportStream; readonly emit: string };

export const EMPTY_REPORT: ReportStream = {
  step: null,
  held: '',
  aside: '',
  flowing: false,
  emittedAny: false,
};

export function advanceReport(state: ReportStream, event: ReportEvent): ReportAdvance {
  return event.kind === 'text' ? takeText(state, event.step, event.delta) : endStep(state, event.finish);
}

/** What is still to be emitted when the run is over. */
export function finishReport(state: ReportStream): string {
  const rest = emitHeld(state);
  return rest.emit === '' && !state.emittedAny ? state.aside : rest.emit;
}

function takeText(before: ReportStream, step: number, delta: string): ReportAdvance {
  const state = before.step === step ? before : { ...setAside(before), step };
  if (state.flowing) return { state, emit: delta };
  const held = { ...state, held: state.held + delta };
  return held.held.length > SURELY_REPORT ? emitHeld(held) : { state: held, emit: '' };
}

function endStep(state: ReportStream, finish: string): ReportAdvance {
  if (finish === 'tool-calls') return { state: setAside(state), emit: '' };
  if (finish !== 'stop' && finish !== 'length') return { state, emit: '' };
  const { state: emptied, emit } = emitHeld(state);
  return { state: setAside(emptied), emit };
}

/** The step is over: what it held is no report, unless nothing better follows. */
function setAside(state: ReportStream): ReportStream {
  const aside = isBlank(state.held) ? state.aside : state.held;
  return { ...state, aside, held: '', step: null, flowing: false };
}

function emitHeld(state: ReportStream): ReportAdvance {
  if (isBlank(state.held)) return { state, emit: '' };
  const separator = state.emittedAny ? '\n\n' : '';
  return { state: { ...state, held: '', flowing: true, emittedAny: true }, emit: separator + state.held };
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

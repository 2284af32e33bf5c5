/** Follows each call, where a collector of traces is configured; where none is, nothing is loaded and nothing kept. */
import type { SpanExport } from '../../adapters/telemetry/export-spans.ts';
import { toSpanTree } from '../../core/tracing/to-span-tree.ts';
import type { TracedCall, TraceNote } from '../../core/tracing/trace-note.ts';
import { parseTraceParent } from '../../core/tracing/trace-parent.ts';

/** A note whose moment is now, unless it says another. */
export type Noted = TraceNote extends infer N
  ? N extends TraceNote
    ? Omit<N, 'at'> & { readonly at?: number }
    : never
  : never;

export type TaskTrace = {
  note(note: Noted): void;
  /** Sends it; nothing is noted afterwards. */
  end(report?: string): void;
};

export type CallToTrace = Omit<TracedCall, 'at'> & {
  readonly prompt: string;
  /** Of whoever asks, as W3C writes it. */
  readonly traceparent: string | undefined;
};

export type TaskTraces = {
  begin(call: CallToTrace, at: number): TaskTrace;
  stop(): Promise<void>;
};

const NO_TRACE: TaskTrace = { note: () => undefined, end: () => undefined };

export const NO_TRACES: TaskTraces = { begin: () => NO_TRACE, stop: async () => undefined };

export type TaskTracesOptions = {
  readonly open: () => Promise<SpanExport>;
  /** What was asked and answered goes with it. */
  readonly content: boolean;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

/** A task with more of them is followed no further, but for its end. */
const MOST_NOTES = 5_000;

export function createTaskTraces({ open, content, now, onProblem }: TaskTracesOptions): TaskTraces {
  let opening: Promise<SpanExport | null> | null = null;
  const opened = () => {
    opening ??= open().catch((error: unknown) => {
      onProblem('tracing', String(error));
      return null;
    });
    return opening;
  };
  return {
    begin: ({ prompt, traceparent, ...call }, at) => {
      const notes: TraceNote[] = [];
      let isOpen = true;
      return {
        note: (note) => {
          const isWanted = note.kind !== 'event' || notes.length < MOST_NOTES;
          if (isOpen && isWanted) notes.push({ at: now(), ...note });
        },
        end: (report = '') => {
          if (!isOpen) return;
          isOpen = false;
          const root = toSpanTree({ ...call, at }, notes, content ? { prompt, report } : null);
          void opened().then((to) => to?.send(root, parseTraceParent(traceparent)));
        },
      };
    },
    stop: async () => {
      if (opening !== null) await (await opening)?.stop();
    },
  };
}

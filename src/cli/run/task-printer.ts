/** Prints a task as it goes: its text as data, all else as talk. With `--json` the text waits for the end. */
import type { TaskEvent } from '../../protocol/task.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { shownDecisionSchema } from '../routing/route-question.ts';
import type { TaskResult } from './task-result.ts';

export type TaskPrinter = {
  readonly start: (started: TaskResult) => void;
  readonly event: (event: TaskEvent) => void;
  /** The last line of the text gets its end. */
  readonly end: () => void;
};

export function createTaskPrinter({ m, output, settings }: Cli): TaskPrinter {
  const streams = settings().json !== true;
  let inLine = false;

  const write = (text: string) => {
    if (!streams || text === '') return;
    output.write(output.dataOnTerminal ? printableText(text) : text);
    inLine = !text.endsWith('\n');
  };
  /** On a terminal, text and talk share the screen. */
  const mention = (text: string) => {
    if (!output.talkOnTerminal) return;
    const lead = inLine && output.dataOnTerminal ? '\n' : '';
    output.say(`${lead}${output.talkColours.dim(printableText(text))}`);
    if (lead !== '') inLine = false;
  };

  return {
    start: ({ decision }) => {
      const shown = shownDecisionSchema.safeParse(decision);
      if (!shown.success || shown.data.target === null) return;
      mention(m.run.routed(shown.data.agent.name, shown.data.target.name, shown.data.reason));
    },
    event: (event) => {
      if (event.type === 'text') write(event.text);
      if (event.type === 'activity') mention(`· ${event.text}`);
    },
    end: () => {
      if (inLine) write('\n');
    },
  };
}

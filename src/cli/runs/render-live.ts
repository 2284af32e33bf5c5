// What a person sees of a run while it goes on: who is at work on what and for how long, and the sums.
import { formatDuration, formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { tokensOf } from './render-run.ts';
import type { RunResult, RunTask } from './run-result.ts';

export type LiveFrame = {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly columns: number;
  /** Of tasks at work; the others are counted. */
  readonly mostRows: number;
};

const NAME_COLUMNS = 20;
const ELAPSED_COLUMNS = 12;

/** No line is longer than the terminal is wide: one that wrapped could not be drawn over. */
export function renderLive(
  { tasks }: RunResult,
  { runs }: Messages,
  { now, columns, mostRows }: LiveFrame,
): readonly string[] {
  const atWork = tasks.filter(({ state }) => state === 'running');
  const shown = atWork.slice(0, mostRows).map((task) => {
    const elapsed = formatDuration(Math.max(0, now - (task.startedAt ?? now)));
    const where = task.model ?? runs.live.gettingReady;
    const cells = [task.id, task.agent, where, task.worker ?? ''].map((cell) =>
      pad(printableText(cell), NAME_COLUMNS),
    );
    return `${elapsed.padStart(ELAPSED_COLUMNS)}  ${cells.join('  ').trimEnd()}`;
  });
  const hidden = atWork.length - shown.length;
  const more = hidden > 0 ? [`  ${runs.live.more(hidden)}`] : [];
  return [...shown, ...more, sum(tasks, runs, now)].map((line) => cut(line, columns - 1));
}

function sum(tasks: readonly RunTask[], { live, states }: Messages['runs'], now: number): string {
  const ended = tasks.filter(({ end }) => end !== null).length;
  const tokens = tasks.reduce((all, task) => all + tokensOf(task), 0);
  const began = tasks.flatMap(({ startedAt }) => startedAt ?? []);
  const elapsed = began.length === 0 ? 0 : now - began.reduce((first, at) => Math.min(first, at));
  const unusual = (['failed', 'interrupted', 'skipped', 'cancelled'] as const).flatMap((state) => {
    const count = tasks.filter((task) => task.state === state).length;
    return count === 0 ? [] : [`${count} ${states[state]}`];
  });
  return [
    live.ended(ended, tasks.length),
    ...unusual,
    live.tokens(formatTokens(tokens)),
    formatDuration(Math.max(0, elapsed)),
  ].join(' · ');
}

/** A Korean letter takes two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (WIDE.test(letter) ? 2 : 1), 0);
}

function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 1;
  for (const letter of text) {
    width += WIDE.test(letter) ? 2 : 1;
    if (width > columns) break;
    kept += letter;
  }
  return `${kept}…`;
}

function pad(text: string, columns: number): string {
  const short = cut(text.replaceAll(/\s+/g, ' '), columns);
  return short + ' '.repeat(Math.max(0, columns - widthOf(short)));
}

// What the demo shows as it goes: lines that stay on stdout, and on a terminal one line below them that moves.
import type { Output } from '../../output.ts';
import { formatSeconds } from './format.ts';

export type Screen = {
  line(text: string): void;
  /** What is going on, with the time since the beginning. */
  busy(label: string): void;
  idle(): void;
};

export type ScreenOptions = {
  readonly output: Output;
  readonly stderr: { write(text: string): unknown };
  readonly showsLines: boolean;
  readonly showsProgress: boolean;
  readonly now: () => number;
};

const REFRESH_MS = 100;
const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const ERASE_LINE = '\r\u001B[2K';

export function createScreen(options: ScreenOptions): Screen {
  const { output, stderr, showsLines, now } = options;
  const moves = options.showsProgress && output.talkOnTerminal;
  const startedAt = now();
  let label: string | null = null;
  let timer: NodeJS.Timeout | null = null;

  const erase = () => {
    if (label !== null) stderr.write(ERASE_LINE);
  };
  const draw = () => {
    if (label === null) return;
    const ms = now() - startedAt;
    const frame = FRAMES[Math.floor(ms / REFRESH_MS) % FRAMES.length];
    const elapsed = output.talkColours.dim(formatSeconds(ms));
    stderr.write(`${ERASE_LINE}  ${frame} ${label} ${elapsed}`);
  };
  return {
    line: (text) => {
      if (!showsLines) return;
      erase();
      output.write(`${text}\n`);
      draw();
    },
    busy: (what) => {
      if (!moves || what === label) return;
      label = what;
      timer ??= setInterval(draw, REFRESH_MS).unref();
      draw();
    },
    idle: () => {
      erase();
      label = null;
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}

/** The terminal's second screen, for ourselves; however we end, the first one is as it was. */
export type TerminalScreen = {
  draw(lines: readonly string[]): void;
  end(): void;
};

type Output = { write(text: string): unknown };
type Input = { setRawMode?(raw: boolean): unknown; pause(): unknown };

const ENTER = '\u001B[?1049h\u001B[?25l';
const LEAVE = '\u001B[?25h\u001B[?1049l';
/** Drawn over, not cleared first: a cleared screen flickers. */
const HOME = '\u001B[H';
const CLEAR_LINE = '\u001B[K';
const CLEAR_BELOW = '\u001B[J';

export function openScreen(output: Output, input: Input): TerminalScreen {
  let isOpen = true;
  input.setRawMode?.(true);
  output.write(ENTER);
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', end).off('uncaughtExceptionMonitor', end);
    output.write(LEAVE);
    input.setRawMode?.(false);
    input.pause();
  };
  // Also where something throws that nobody catches: its message is told on the first screen.
  process.on('exit', end).on('uncaughtExceptionMonitor', end);
  return {
    draw: (lines) => {
      if (!isOpen) return;
      output.write(`${HOME}${lines.map((line) => `${line}${CLEAR_LINE}`).join('\r\n')}${CLEAR_BELOW}`);
    },
    end,
  };
}

/** Lines at the bottom of a terminal that are drawn again and again; what is said meanwhile stays above them. */

export type LiveView = {
  /** Draws, and goes on drawing as time passes. */
  show(render: () => readonly string[]): void;
  /** Has something said above the lines. */
  say(speak: () => void): void;
  end(): void;
};

export type LiveStream = { write(text: string): unknown };

const REFRESH_MS = 250;

export const NO_VIEW: LiveView = { show: () => undefined, say: (speak) => speak(), end: () => undefined };

export function createLiveView(stream: LiveStream): LiveView {
  let render: (() => readonly string[]) | null = null;
  let drawn = 0;
  let timer: NodeJS.Timeout | null = null;

  const erase = () => {
    if (drawn > 0) stream.write(`\u001B[${drawn}A\r\u001B[0J`);
    drawn = 0;
  };
  const draw = () => {
    const lines = render?.() ?? [];
    erase();
    if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  return {
    show: (how) => {
      render = how;
      timer ??= setInterval(draw, REFRESH_MS).unref();
      draw();
    },
    say: (speak) => {
      erase();
      speak();
      draw();
    },
    end: () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
      erase();
      render = null;
    },
  };
}

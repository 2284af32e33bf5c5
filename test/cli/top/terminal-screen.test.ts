import { describe, expect, it } from 'vitest';
import { openScreen } from '../../../src/cli/top/terminal-screen.ts';

function open() {
  const said: string[] = [];
  const raw: boolean[] = [];
  const input = { setRawMode: (on: boolean) => raw.push(on), pause: () => undefined };
  const screen = openScreen({ write: (text) => said.push(text) }, input);
  return { said, raw, screen };
}

const LEFT = '\u001B[?25h\u001B[?1049l';

describe('the second screen of the terminal', () => {
  it('is left, with the cursor and the keys as they were, once', () => {
    const { said, raw, screen } = open();
    screen.draw(['a', 'b']);
    screen.end();
    screen.end();
    screen.draw(['too late']);
    expect(said).toEqual(['\u001B[?1049h\u001B[?25l', '\u001B[Ha\u001B[K\r\nb\u001B[K\u001B[J', LEFT]);
    expect(raw).toEqual([true, false]);
  });

  it.each(['exit', 'uncaughtExceptionMonitor'] as const)('is left at %s, and listens no more', (event) => {
    const listeners = () => process.listeners(event as 'exit');
    const before = listeners();
    const { said } = open();
    const [own] = listeners().filter((listener) => !before.includes(listener));
    own?.call(process, 0);
    expect(said.at(-1)).toBe(LEFT);
    expect(listeners()).toEqual(before);
  });
});

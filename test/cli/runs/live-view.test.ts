import { describe, expect, it } from 'vitest';
import { createLiveView } from '../../../src/cli/runs/live-view.ts';

/** What a terminal shows of what was written, as far as a live view uses it. */
function useTerminal() {
  let lines: string[] = [''];
  const write = (text: string) => {
    for (const [piece] of text.replaceAll('\u001B', '␛').matchAll(/␛\[(\d+)A\r␛\[0J|\n|[^␛\n]+/g)) {
      const up = /\[(\d+)A/.exec(piece)?.[1];
      if (up !== undefined) lines = [...lines.slice(0, lines.length - 1 - Number(up)), ''];
      else if (piece === '\n') lines.push('');
      else lines[lines.length - 1] += piece;
    }
  };
  return { stream: { write }, lines: () => lines.slice(0, -1) };
}

describe('a live view', () => {
  it('draws over itself, keeps what is said above it, and leaves nothing behind', () => {
    const { stream, lines } = useTerminal();
    const view = createLiveView(stream);
    view.say(() => stream.write('begun\n'));
    view.show(() => ['one', 'sum']);
    expect(lines()).toEqual(['begun', 'one', 'sum']);
    view.show(() => ['one', 'two', 'sum 2']);
    view.say(() => stream.write('said\n'));
    expect(lines()).toEqual(['begun', 'said', 'one', 'two', 'sum 2']);
    view.show(() => ['sum 3']);
    expect(lines()).toEqual(['begun', 'said', 'sum 3']);
    view.end();
    expect(lines()).toEqual(['begun', 'said']);
    view.say(() => stream.write('ended\n'));
    expect(lines()).toEqual(['begun', 'said', 'ended']);
  });

  it('goes on drawing as time passes, until it ends', async () => {
    const { stream } = useTerminal();
    const view = createLiveView(stream);
    let drawn = 0;
    view.show(() => {
      drawn += 1;
      return [String(drawn)];
    });
    await expect.poll(() => drawn, { timeout: 5_000 }).toBeGreaterThan(2);
    view.end();
    const last = drawn;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(drawn).toBe(last);
  });
});

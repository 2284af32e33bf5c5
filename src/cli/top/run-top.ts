/** `omcm top` on a terminal: drawn when something happened, when a key was pressed, and once a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { callDaemon } from '../../client/call-daemon.ts';
import type { LiveState } from '../../core/live/live-state.ts';
import type { LiveWords } from '../../core/live/live-words.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { followLive } from './follow-live.ts';
import { readKeys } from './read-keys.ts';
import { renderTop } from './render-top.ts';
import { openScreen } from './terminal-screen.ts';
import { FIRST_VIEW, pressKey, type TopAction } from './top-view.ts';

const TICK_MS = 1_000;
const DRAW_EVERY_MS = 100;
const RETRY_MS = 1_000;
const CALL_TIMEOUT_MS = 5_000;

export async function runTop(cli: Cli, words: LiveWords): Promise<void> {
  const { stdin, stdout } = process;
  const leaving = new AbortController();
  const { signal } = leaving;
  const screen = openScreen(stdout, stdin);
  let state: LiveState | null = null;
  let view = FIRST_VIEW;
  let soon: NodeJS.Timeout | null = null;

  const draw = () => {
    soon = null;
    if (state === null || signal.aborted) return;
    // A terminal that does not know its size says 0.
    const size = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
    screen.draw(renderTop(state, view, { ...size, colours: cli.output.colours, words, now: Date.now() }));
  };
  const drawSoon = () => {
    soon ??= setTimeout(draw, DRAW_EVERY_MS);
  };
  const act = (action: TopAction) => {
    if (action.type === 'quit') return leaving.abort();
    void cancelTask(cli, action.task).catch(() => {
      view = { ...view, note: words.top.lost };
      draw();
    });
  };
  const onData = (data: Buffer) => {
    for (const key of readKeys(data.toString('utf8'))) {
      if (state === null && key !== 'q' && key !== 'ctrl-c') continue;
      const step = state === null ? QUIT : pressKey(state, view, key, words);
      view = step.view;
      if (step.action !== null) act(step.action);
    }
    draw();
  };
  const quit = () => leaving.abort();
  const tick = setInterval(draw, TICK_MS);
  stdin.on('data', onData);
  stdout.on('resize', draw);
  for (const name of ENDING) process.once(name, quit);
  try {
    while (!signal.aborted) {
      try {
        for await (const news of followLive(cli, { signal })) {
          state = news;
          drawSoon();
        }
      } catch (error) {
        if (signal.aborted) break;
        if (!(error instanceof CommandError)) throw error;
        // It may be replaced just now; who wants to know presses q.
        view = { ...view, note: words.top.lost };
        draw();
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    clearInterval(tick);
    if (soon !== null) clearTimeout(soon);
    stdin.off('data', onData);
    stdout.off('resize', draw);
    for (const name of ENDING) process.off(name, quit);
    screen.end();
  }
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const QUIT = { view: FIRST_VIEW, action: { type: 'quit' } } as const;

async function cancelTask({ paths: { socketPath } }: Cli, task: string): Promise<void> {
  const path = `/v1/tasks/${encodeURIComponent(task)}`;
  await callDaemon({ socketPath, method: 'DELETE', path, timeoutMs: CALL_TIMEOUT_MS });
}

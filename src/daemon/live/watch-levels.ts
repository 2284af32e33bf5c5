/** How things stand is asked for while somebody looks on, and told where it has changed. */
import type { LiveLevels } from '../../core/live/live-state.ts';
import type { LiveFeed } from './live-feed.ts';

export type LevelsWatch = { stop(): void };

export type LevelsOptions = {
  readonly feed: LiveFeed;
  readonly read: { readonly [Name in keyof LiveLevels]: () => Promise<LiveLevels[Name]> };
  readonly onProblem: (code: string, message: string) => void;
};

const EVERY_MS = 500;

export function watchLevels({ feed, read, onProblem }: LevelsOptions): LevelsWatch {
  const told = new Map<string, string>();
  let timer: NodeJS.Timeout | null = null;
  let isFailing = false;

  const look = async () => {
    const entries = await Promise.all(
      Object.entries(read).map(async ([name, ask]) => ({ name, value: await ask() })),
    );
    const changed = entries.filter(({ name, value }) => {
      const text = JSON.stringify(value);
      const isNew = told.get(name) !== text;
      told.set(name, text);
      return isNew;
    });
    if (changed.length > 0) feed.note({ type: 'levels', levels: toLevels(changed) });
    isFailing = false;
  };
  const lookInTime = async () => {
    await look().catch((error: unknown) => {
      // Once for each time that the trouble begins.
      if (!isFailing) onProblem('live', String(error));
      isFailing = true;
    });
    timer = feed.isWatched() ? setTimeout(lookInTime, EVERY_MS).unref() : null;
  };
  feed.onWatched(() => {
    if (timer !== null) return;
    timer = setTimeout(lookInTime, 0).unref();
  });
  return {
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      feed.onWatched(() => {});
    },
  };
}

function toLevels(
  changed: readonly { readonly name: string; readonly value: unknown }[],
): Partial<LiveLevels> {
  return Object.fromEntries(changed.map(({ name, value }) => [name, value]));
}

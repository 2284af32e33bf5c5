/**
 * What git says of a folder, as it was a moment ago: four processes are too much for each task to wait for. What the
 * session and its tasks change is known from elsewhere; this adds what others do.
 */
import type { RecentFiles } from '../../adapters/git/list-recent-files.ts';

type Listing = (directory: string) => Promise<RecentFiles>;

/** Older, and it is asked for again, in the background. */
const FRESH_MS = 2_000;
/** Older, and it is waited for. */
const USABLE_MS = 60_000;
const KEPT_FOLDERS = 50;

export function rememberFiles(list: Listing, now: () => number): Listing {
  const known = new Map<string, { readonly at: number; readonly files: RecentFiles }>();
  const looking = new Map<string, Promise<RecentFiles>>();

  const look = (directory: string): Promise<RecentFiles> => {
    const running = looking.get(directory);
    if (running !== undefined) return running;
    const at = now();
    const look = list(directory)
      .then((files) => {
        known.delete(directory);
        known.set(directory, { at, files });
        const [oldest] = known.keys();
        if (known.size > KEPT_FOLDERS && oldest !== undefined) known.delete(oldest);
        return files;
      })
      .finally(() => looking.delete(directory));
    // Nobody may wait for it.
    look.catch(() => undefined);
    looking.set(directory, look);
    return look;
  };

  return (directory) => {
    const before = known.get(directory);
    const age = before === undefined ? Number.POSITIVE_INFINITY : now() - before.at;
    if (before !== undefined && age < FRESH_MS) return Promise.resolve(before.files);
    const fresh = look(directory);
    return before !== undefined && age < USABLE_MS ? Promise.resolve(before.files) : fresh;
  };
}

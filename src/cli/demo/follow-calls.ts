import { referenceCalls } from '../../simulation/reference-workload.ts';
import { keyOf, newsOf } from './calls/call-news.ts';
import type { RunName } from './calls/fault.ts';
import type { SessionOptions } from './play-session.ts';
import type { Look } from './render/look.ts';
import { renderNews } from './render/render-news.ts';
import type { Screen } from './render/screen.ts';

type Show = { readonly screen: Screen; readonly look: Look };

/** Tells each start and each end once; without OMCM there is nothing to tell but how far it is. */
export function followCalls({ screen, look }: Show, run: RunName): SessionOptions['onChange'] {
  const { words } = look;
  const of = referenceCalls.length;
  const busy = (done: number) =>
    screen.busy(run === 'with' ? words.busyWith(done, of) : words.busyWithout(done, of));
  const told = new Set<string>();
  busy(0);
  return (calls, decisions) => {
    busy(calls.filter(({ endedAt }) => endedAt !== null).length);
    if (run === 'without') return;
    for (const news of newsOf(calls, decisions, (one) => told.has(keyOf(one)))) {
      told.add(keyOf(news));
      screen.line(renderNews(news, look));
    }
  };
}

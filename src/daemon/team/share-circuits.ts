/** Keeps what is known here of providers and what the team knows of them together. Nobody waits for it. */
import type { BoardFact, CircuitBoard } from '../../adapters/bullmq/circuit-board.ts';
import type { ToldCircuit } from '../../core/sharing/adopt-circuits.ts';
import type { CircuitNews } from '../../core/sharing/circuit-news.ts';

export type SharedCircuits = {
  tell(news: readonly CircuitNews[]): void;
  /** Tells what is to be told, and hears what holds. */
  sync(): Promise<void>;
};

export type SharedCircuitsParts = {
  readonly board: CircuitBoard;
  readonly adopt: (told: readonly ToldCircuit[]) => void;
  /** What was not known of before. */
  readonly onHeard: (told: ToldCircuit) => void;
  readonly now: () => number;
};

type Pending = { readonly news: CircuitNews; readonly at: number };

export function shareCircuits({ board, adopt, onHeard, now }: SharedCircuitsParts): SharedCircuits {
  /** The last of each circuit: what came before it is no news any more. */
  const pending = new Map<string, Pending>();
  let picture = new Map<string, ToldCircuit>();

  const toldHere = ({ id, remainingMs, ...fact }: BoardFact): readonly [string, ToldCircuit] => {
    const name = `${fact.key} ${id}`;
    const since = now();
    return [name, picture.get(name) ?? { ...fact, since, until: since + Math.max(0, remainingMs) }];
  };

  return {
    tell: (all) => {
      for (const news of all) pending.set(news.key, { news, at: now() });
    },
    sync: async () => {
      const batch = [...pending.values()];
      pending.clear();
      const facts = await board.exchange(batch.map((one) => aged(one, now()))).catch((error: unknown) => {
        for (const one of batch) if (!pending.has(one.news.key)) pending.set(one.news.key, one);
        throw error;
      });
      // What was said meanwhile is not in it.
      if (pending.size > 0) return;
      const next = new Map(facts.map(toldHere));
      const heard = [...next].filter(([name]) => !picture.has(name)).map(([, told]) => told);
      picture = next;
      adopt([...next.values()]);
      for (const told of heard) onHeard(told);
    },
  };
}

/** What waited for Redis is told as what is left of it. */
function aged({ news, at }: Pending, now: number): CircuitNews {
  if (!('ms' in news)) return news;
  return { ...news, ms: Math.max(0, Math.round(news.ms - Math.max(0, now - at))) };
}

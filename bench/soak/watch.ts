/** What of the daemon and its servers must not grow, as the system sees it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../../src/adapters/opencode/process-facts.ts';
import type { BenchHome } from '../bench-home.ts';
import { countHandles, processesOf } from '../processes.ts';

const MEGABYTE = 1024 * 1024;
/** Time between two checks of a server by the pool, and some for its last task to end. */
const CHECK_MS = 40_000;
/** The system gets freed pages back a little later. */
const COLLECTING_MS = 3_000;

export type Sample = {
  readonly daemonMb: number;
  readonly handles: number;
  readonly servers: number;
  readonly largestServerMb: number;
};

export type Limits = { readonly maxServers: number; readonly serverMb: number };

export type Watch = {
  readonly look: () => Promise<Sample>;
  /** Of the daemon, so that its memory is what it holds. */
  readonly collectGarbage: () => Promise<void>;
  readonly breaches: () => readonly string[];
  /** How many different servers there have been. */
  readonly serversSeen: () => number;
};

export function createWatch(bench: BenchHome, limits: Limits): Watch {
  const tooLargeSince = new Map<number, number>();
  const breaches = new Set<string>();
  const seen = new Set<number>();

  const noteServer = (pid: number, megabytes: number): void => {
    seen.add(pid);
    if (megabytes <= limits.serverMb) tooLargeSince.delete(pid);
    else if (!tooLargeSince.has(pid)) tooLargeSince.set(pid, Date.now());
    if (Date.now() - (tooLargeSince.get(pid) ?? Date.now()) > CHECK_MS)
      breaches.add(`server ${pid} stayed above ${limits.serverMb} MB`);
  };

  return {
    breaches: () => [...breaches],
    serversSeen: () => seen.size,
    collectGarbage: async () => {
      process.kill((await bench.status()).pid, 'SIGUSR2');
      await sleep(COLLECTING_MS);
    },
    look: async () => {
      const { pid } = await bench.status();
      const running = await processesOf(bench.home.home);
      const serving = running.filter(({ command }) => / serve --hostname /.test(command));
      // What a server starts carries its name for a moment.
      const servers = serving.filter(({ parent }) => !serving.some(({ pid }) => pid === parent));
      const sizes = await Promise.all(
        servers.map(async (server) => Math.round(((await residentBytes(server.pid)) ?? 0) / MEGABYTE)),
      );
      for (const [index, server] of servers.entries()) noteServer(server.pid, sizes[index] ?? 0);
      if (servers.length > limits.maxServers) breaches.add(`${servers.length} servers ran at once`);
      return {
        daemonMb: Math.round(((await residentBytes(pid)) ?? 0) / MEGABYTE),
        handles: await countHandles(pid),
        servers: servers.length,
        largestServerMb: Math.max(0, ...sizes),
      };
    },
  };
}

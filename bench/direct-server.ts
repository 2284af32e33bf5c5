/** An OpenCode server without any pool around it, as the baseline. */
import { findFreePort } from '../src/adapters/opencode/free-port.ts';
import { openEventFeed } from '../src/adapters/opencode/serve/event-feed.ts';
import { launchServer } from '../src/adapters/opencode/serve/launch-server.ts';
import { openSession, runSession, type SessionHost } from '../src/adapters/opencode/serve/run-session.ts';
import { mergeConfigContent, serverConfig } from '../src/adapters/opencode/serve/server-config.ts';
import type { Engine } from '../src/core/delegation/engine.ts';
import type { Simulation } from '../src/simulation/simulation.ts';
import { opencodeProgram } from './engine-work.ts';

const START_MS = 60_000;

export type DirectServer = { readonly engine: Engine; readonly stop: () => Promise<void> };

export async function launchDirect({ home }: Simulation, databaseFile: string): Promise<DirectServer> {
  const env = home.env();
  const result = await launchServer({
    command: opencodeProgram(),
    args: [],
    port: (await findFreePort(14_900)) ?? 14_900,
    cwd: home.root,
    env,
    configContent: mergeConfigContent(env.OPENCODE_CONFIG_CONTENT, serverConfig(null)),
    databaseFile,
    startTimeoutMs: START_MS,
    onOutput: () => {},
  });
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  const { server } = result;
  const feed = await openEventFeed(server.client, { timeoutMs: START_MS, onBroken: () => {} });
  const stop = async () => {
    feed.close();
    await server.stop();
  };
  return { engine: engineOn({ client: server.client, feed, exited: server.exited }), stop };
}

/** A session and a prompt, and nothing else. */
export function engineOn(host: SessionHost): Engine {
  return {
    open: async (work, signal) => {
      const session = await openSession(host, work, signal);
      return {
        run: ({ prompt }, turnSignal) =>
          runSession(host, session, { prompt, stallTimeoutMs: START_MS }, turnSignal),
        discard: async () => undefined,
      };
    },
  };
}

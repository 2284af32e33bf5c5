// The daemon's interface without its process: requests go straight to the handler.
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createHttpApi } from '../../../src/daemon/api/http-api.ts';
import { createDaemon, type Daemon } from '../../../src/daemon/create-daemon.ts';
import { type DaemonHome, type HomeOptions, useDaemonHome } from './use-daemon-home.ts';

export type Answer = { readonly status: number; readonly body: unknown };

export type Api = DaemonHome & {
  readonly daemon: Daemon;
  /** A body that is text is sent as it is. */
  readonly request: (method: string, path: string, body?: unknown) => Promise<Answer>;
};

export type ApiOptions = HomeOptions & {
  readonly now?: () => number;
  /** Where the dashboard's page is built. */
  readonly pageDir?: string;
  /** What is there before the daemon starts. */
  readonly before?: (home: DaemonHome) => void;
};

export async function useApi(options: ApiOptions = {}): Promise<Api> {
  const home = useDaemonHome(options);
  options.before?.(home);
  const { now = Date.now } = options;
  const daemon = await createDaemon({
    paths: home.paths,
    env: home.env(),
    log: pino({ level: 'silent' }),
    pageDir: options.pageDir ?? home.projectDir,
    now,
  });
  const app = createHttpApi(daemon.services);
  onTestFinished(() => daemon.close());
  await daemon.start();
  return {
    ...home,
    daemon,
    request: async (method, path, body) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const response = await app.request(path, { method, ...(text === undefined ? {} : { body: text }) });
      return { status: response.status, body: await response.json() };
    },
  };
}

/**
 * /metrics on a loopback port, where the user wants one: Prometheus cannot ask a unix socket. Whoever asks has to show
 * the token in a file that only the user can read, because every user of the machine reaches the port, and every page in
 * his browser. Nothing else is served there.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { writePrivateFile } from '../../adapters/files/write-private-file.ts';
import type { RenderedMetrics } from '../../adapters/prometheus/render-families.ts';
import type { Ground } from '../ground.ts';

export type MetricsPort = { stop(): Promise<void> };

export type MetricsPortOptions = {
  readonly port: number;
  readonly tokenFile: string;
  readonly render: () => Promise<RenderedMetrics>;
};

/** `null`: nobody wants one, or it cannot be had, which is told. */
export async function openMetricsPort(
  { config, paths, onProblem }: Pick<Ground, 'config' | 'paths' | 'onProblem'>,
  render: MetricsPortOptions['render'],
): Promise<MetricsPort | null> {
  const { port } = config.metrics;
  if (port === null) return null;
  return serveMetrics({ port, tokenFile: paths.metricsTokenFile, render }).catch((error: unknown) => {
    onProblem('metrics-port', String(error));
    return null;
  });
}

/** Rejects where the port is taken, or the token cannot be kept. */
export async function serveMetrics({ port, tokenFile, render }: MetricsPortOptions): Promise<MetricsPort> {
  const token = await readOrMakeToken(tokenFile);
  const server = createServer((request, response) => {
    answer(request, response, { token, render }).catch((error: unknown) => {
      end(response, 500, String(error));
    });
  });
  // A scraper keeps its connection; one that only sits there shall not hold up our end.
  server.keepAliveTimeout = 1_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  server.unref();
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answering = Pick<MetricsPortOptions, 'render'> & { readonly token: string };

async function answer(
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  { token, render }: Answering,
): Promise<void> {
  if (!isSame(headers.authorization ?? '', `Bearer ${token}`)) {
    response.setHeader('www-authenticate', 'Bearer');
    return end(response, 401, 'The token is in the file metrics-token of the state folder.');
  }
  if (url !== '/metrics') return end(response, 404, 'There is only /metrics.');
  if (method !== 'GET') return end(response, 405, 'There is only GET.');
  const { contentType, text } = await render();
  response.writeHead(200, { 'content-type': contentType }).end(text);
}

function end(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** It stays the same over restarts, so that it can be written into Prometheus' configuration. */
async function readOrMakeToken(file: string): Promise<string> {
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (known.length >= 32) return known;
  const token = randomBytes(24).toString('base64url');
  await writePrivateFile(file, `${token}\n`);
  return token;
}

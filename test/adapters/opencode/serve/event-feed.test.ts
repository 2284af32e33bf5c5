import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectClient } from '../../../../src/adapters/opencode/serve/connect-client.ts';
import { type EventFeed, openEventFeed } from '../../../../src/adapters/opencode/serve/event-feed.ts';
import { until } from '../../../daemon/support/until.ts';

type Stage = {
  readonly open: () => Promise<EventFeed>;
  /** The streams that were asked for, oldest first. */
  readonly streams: readonly ServerResponse[];
  readonly broken: readonly string[];
};

const CONNECTED = { payload: { type: 'server.connected', properties: {} } };

async function useServer(greeting: object | null = CONNECTED): Promise<Stage> {
  const streams: ServerResponse[] = [];
  const broken: string[] = [];
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    streams.push(response);
    if (greeting !== null) send(response, greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    streams,
    broken,
    open: async () => {
      const client = connectClient(`http://127.0.0.1:${port}`, 'secret');
      const feed = await openEventFeed(client, { timeoutMs: 300, onBroken: (error) => broken.push(error) });
      onTestFinished(() => feed.close());
      return feed;
    },
  };
}

function send(stream: ServerResponse | undefined, message: unknown): void {
  stream?.write(`data: ${typeof message === 'string' ? message : JSON.stringify(message)}\n\n`);
}

const idle = (sessionID: string) => ({ payload: { type: 'session.idle', properties: { sessionID } } });
const created = (id: string, parentID?: string) => ({
  payload: { type: 'session.created', properties: { sessionID: id, info: { id, parentID } } },
});

/** What the follower of a session hears, by type and session. */
function follow(feed: EventFeed, session: string): { readonly heard: string[]; readonly stop: () => void } {
  const heard: string[] = [];
  const stop = feed.follow(session, ({ type, properties }) => {
    heard.push(`${type} ${(properties as { sessionID: string }).sessionID}`);
  });
  return { heard, stop };
}

describe('an event feed', () => {
  it('gives each follower the events of its session, and of all sessions that come of it', async () => {
    const { open, streams } = await useServer();
    const feed = await open();
    const [a, b] = [follow(feed, 'a'), follow(feed, 'b')];
    for (const message of [
      idle('b'),
      created('a1', 'a'),
      created('a2', 'a1'),
      idle('a2'),
      idle('stranger'),
      idle('a'),
    ]) {
      send(streams[0], message);
    }
    await until(() => a.heard.includes('session.idle a'));
    expect(a.heard).toEqual([
      'session.created a1',
      'session.created a2',
      'session.idle a2',
      'session.idle a',
    ]);
    expect(b.heard).toEqual(['session.idle b']);
  });

  it('gives nothing more to one that has stopped to follow, nor of the children of its session', async () => {
    const { open, streams } = await useServer();
    const feed = await open();
    const [a, b] = [follow(feed, 'a'), follow(feed, 'b')];
    send(streams[0], created('a1', 'a'));
    await until(() => a.heard.length === 1);
    a.stop();
    for (const message of [idle('a1'), idle('a'), idle('b')]) send(streams[0], message);
    await until(() => b.heard.length === 1);
    expect(a.heard).toHaveLength(1);
  });

  it('is deaf to what is no event', async () => {
    const { open, streams } = await useServer();
    const { heard } = follow(await open(), 'a');
    const noise = ['not JSON', '5', 'null', '{}', '{"payload":null}', '{"payload":{"type":"session.idle"}}'];
    for (const message of [...noise, idle('a')]) send(streams[0], message);
    await until(() => heard.length === 1);
    expect(heard).toEqual(['session.idle a']);
  });

  it.each([
    ['ended in order', (stream: ServerResponse | undefined) => void stream?.end()],
    ['was cut', (stream: ServerResponse | undefined) => void stream?.destroy()],
  ])('opens its stream again when that %s', async (_how, breakOff) => {
    const { open, streams } = await useServer();
    const { heard } = follow(await open(), 'a');
    breakOff(streams[0]);
    await until(() => streams.length === 2);
    send(streams[1], idle('a'));
    await until(() => heard.length === 1);
  });

  it('is none where the server does not confirm it in time', async () => {
    const { open } = await useServer(null);
    await expect(open()).rejects.toMatchObject({ code: 'server-start-failed' });
  });

  it('leaves the server when it is closed, without a complaint', async () => {
    const { open, streams, broken } = await useServer();
    const feed = await open();
    feed.close();
    await until(() => streams[0]?.closed === true);
    expect(broken).toEqual([]);
    expect(streams).toHaveLength(1);
  });
});

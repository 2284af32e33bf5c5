/** One `opencode acp` that is ours, and the connection to it: requests go out, and news come in by session. */
import type { ChildProcess } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import {
  type ClientConnection,
  type ClientContext,
  client,
  type InitializeRequest,
  methods,
  ndJsonStream,
  PROTOCOL_VERSION,
  type RequestPermissionRequest,
  type RequestPermissionResponse,
  type SessionUpdate,
} from '@agentclientprotocol/sdk';
import { failure } from '../../../core/delegation/failure.ts';
import { type LogNews, readLogLine } from '../../../core/opencode/log-line.ts';
import { findProgram } from '../find-program.ts';
import { terminateGroup } from '../terminate-group.ts';
import type { AcpEngineOptions } from './acp-options.ts';
import { type AgentNames, startAcpProcess } from './start-acp-process.ts';

/** Whoever works with a session. */
export type Follower = {
  onUpdate(update: SessionUpdate): void;
  onLog(news: LogNews): void;
  judge(request: RequestPermissionRequest): Promise<RequestPermissionResponse>;
};

export type AcpHost = {
  readonly pid: number;
  readonly life: string;
  readonly agents: AgentNames;
  readonly agent: ClientContext;
  /** Resolves with how it ended; never rejects. From then on nothing can be asked here. */
  readonly gone: Promise<string>;
  /** Until the returned function is called. */
  follow(session: string, follower: Follower): () => void;
  stop(): Promise<void>;
};

const GRACE_MS = 5_000;
/** It ends by itself when nobody writes to it any more, within a quarter of a second. */
const LEAVE_MS = 2_000;

/** Rejects with a `Failure`. */
export async function startAcpHost(options: AcpEngineOptions): Promise<AcpHost> {
  const program = await findProgram(options.command, options.env);
  if (program === null) throw failure('opencode-not-installed', { detail: options.command });
  const { child, life, agents } = await startAcpProcess(program, options);
  const exited = untilExited(child);
  const followers = new Map<string, Follower>();
  const output = readLog(child, (line) => {
    options.onOutput?.(line);
    const news = readLogLine(line);
    if (news !== null && 'session' in news) followers.get(news.session)?.onLog(news);
  });
  const connection = connect(child, followers);
  const stop = () => stopProcess(child, exited);
  const gone = Promise.race([exited, connection.closed.then(() => 'the connection broke')]);
  void gone.then(stop);
  const problem = await untilReady(connection, exited, options.startTimeoutMs);
  if (problem !== null || child.pid === undefined) {
    await stop();
    throw failure('server-start-failed', { detail: [problem, output.tail()].filter(Boolean).join(': ') });
  }
  return {
    pid: child.pid,
    life,
    agents,
    agent: connection.agent,
    gone,
    stop,
    follow: (session, follower) => {
      followers.set(session, follower);
      return () => void followers.delete(session);
    },
  };
}

function connect(child: ChildProcess, followers: ReadonlyMap<string, Follower>): ClientConnection {
  const { update, requestPermission } = methods.client.session;
  const app = client({ name: 'omcm' })
    .onNotification(update, ({ params }) => followers.get(params.sessionId)?.onUpdate(params.update))
    .onRequest(requestPermission, async ({ params }) => {
      const follower = followers.get(params.sessionId);
      return follower === undefined ? { outcome: { outcome: 'cancelled' } } : follower.judge(params);
    })
    // It tells of an allowed edit in this way, although we said that we cannot write, and then makes it itself.
    .onRequest(methods.client.fs.writeTextFile, () => ({}));
  const input = Writable.toWeb(child.stdin as Writable);
  const output = Readable.toWeb(child.stdout as Readable);
  return app.connect(ndJsonStream(input, output as ReadableStream<Uint8Array>));
}

/** `null` when it answers, else why not. */
async function untilReady(
  connection: ClientConnection,
  exited: Promise<string>,
  limitMs: number,
): Promise<string | null> {
  const hello: InitializeRequest = { protocolVersion: PROTOCOL_VERSION, clientCapabilities: {} };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`not ready after ${limitMs} ms`), limitMs);
  });
  const answered = connection.agent.request(methods.agent.initialize, hello).then(
    ({ protocolVersion }) =>
      protocolVersion === PROTOCOL_VERSION ? null : `it speaks ACP ${protocolVersion}`,
    (error: unknown) => String(error),
  );
  try {
    return await Promise.race([answered, exited, late]);
  } finally {
    clearTimeout(timer);
  }
}

function untilExited(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
  });
}

async function stopProcess(child: ChildProcess, exited: Promise<string>): Promise<void> {
  child.stdin?.end();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LEAVE_MS);
  });
  const left = await Promise.race([exited, patience]);
  clearTimeout(timer);
  if (left === null && child.pid !== undefined) await terminateGroup(child.pid, exited, GRACE_MS);
}

/** Read to the end, or a full pipe would stop it. */
function readLog(child: ChildProcess, onLine: (line: string) => void): { tail(): string } {
  let unread = '';
  let talk = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    const lines = (unread + piece).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('timestamp=')) talk = `${talk}\n${line}`.slice(-500);
      onLine(line);
    }
  });
  return { tail: () => talk.trim() };
}

/**
 * What does our route add to an Agent call?
 *
 *   added = (routed: tool call → first byte at the provider)
 *         − (native, without our plugin: tool call → first byte at Anthropic)   what Claude Code itself needs
 *         − (the same prompt posted to a warm server → first byte at the provider)   what OpenCode itself needs
 */
import { join } from 'node:path';
import { findFreePort } from '../src/adapters/opencode/free-port.ts';
import type { connectClient } from '../src/adapters/opencode/serve/connect-client.ts';
import { launchServer, type OpencodeServer } from '../src/adapters/opencode/serve/launch-server.ts';
import { serverConfig } from '../src/adapters/opencode/serve/server-config.ts';
import { toOpencodeRules } from '../src/core/permissions/opencode-rules.ts';
import type { JournaledRequest } from '../src/simulation/journaled-request.ts';
import { runClaude } from '../src/simulation/run-claude.ts';
import { scriptConductor, subagentOf } from '../src/simulation/scripted-conductor.ts';
import { type BenchHome, PLUGIN_DIR } from './bench-home.ts';
import { median, type Summary, summarise } from './statistics.ts';

/** The three are measured in turn, round by round, so that a machine that slows down slows all of them. */
const ROUNDS = 5;
const CALLS = 8;
/** The first calls of a session load what the later ones find loaded. */
const UNCOUNTED = 2;
const PROMPT = 'Where is the price of an item formatted? Name the file and the function.';

export type AddedTime = {
  readonly routedMs: Summary;
  readonly nativeMs: Summary;
  readonly directMs: Summary;
  /** The median of the rounds' differences of medians. */
  readonly addedMs: number;
  readonly addedByRoundMs: readonly number[];
};

type Round = {
  readonly native: readonly number[];
  readonly routed: readonly number[];
  readonly direct: readonly number[];
};

function addedIn({ native, routed, direct }: Round): number {
  return median(routed) - median(native) - median(direct);
}

export async function measureAddedTime(home: BenchHome): Promise<AddedTime> {
  const { anthropic, google } = home.providers;
  google.on({ answer: { text: 'In money.js.' } });
  anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'In money.js.' } });
  scriptConductor(anthropic, {
    rounds: Array.from({ length: CALLS }, () => ({ calls: [{ agent: 'Explore', prompt: PROMPT }] })),
    finalAnswer: 'done',
  });
  await home.warm();
  const server = await launch(home.home.root, home.env);
  const rounds: Round[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const native = await measureClaude(home, []);
      const routed = await measureClaude(home, [PLUGIN_DIR]);
      rounds.push({ native, routed, direct: await measureDirect(home, server) });
    }
  } finally {
    await server.stop();
  }
  return {
    routedMs: summarise(rounds.flatMap(({ routed }) => routed)),
    nativeMs: summarise(rounds.flatMap(({ native }) => native)),
    directMs: summarise(rounds.flatMap(({ direct }) => direct)),
    addedMs: Math.round(median(rounds.map(addedIn)) * 10) / 10,
    addedByRoundMs: rounds.map((round) => Math.round(addedIn(round) * 10) / 10),
  };
}

async function measureClaude(home: BenchHome, pluginDirs: readonly string[]): Promise<readonly number[]> {
  const { anthropic, google } = home.providers;
  const [seenByClaude, seenByGoogle] = [anthropic.journal().length, google.journal().length];
  await runClaude({
    home: home.home,
    prompt: 'go',
    pluginDirs,
    env: { PATH: home.path },
    timeoutMs: 120_000,
  });
  const requests = anthropic.journal().slice(seenByClaude);
  const orders = requests.filter((request) => subagentOf(request) === undefined).slice(0, CALLS);
  const answers =
    pluginDirs.length === 0
      ? requests.filter((request) => subagentOf(request) !== undefined)
      : google.journal().slice(seenByGoogle).filter(isTask);
  if (answers.length !== CALLS) throw new Error(`${answers.length} of ${CALLS} calls were answered`);
  return answers.map((request, index) => request.at - (orders[index]?.endedAt ?? 0)).slice(UNCOUNTED);
}

function isTask(request: JournaledRequest): boolean {
  return request.lastUserText === PROMPT;
}

async function measureDirect(home: BenchHome, server: OpencodeServer): Promise<readonly number[]> {
  const { google } = home.providers;
  const measured: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const seen = google.journal().length;
    const postedAt = Date.now();
    await post(server, home.home.projectDir);
    while (google.journal().length === seen || google.journal().at(-1)?.outcome === 'pending') await tick();
    measured.push((google.journal()[seen]?.at ?? 0) - postedAt);
    await tick(50);
  }
  return measured.slice(UNCOUNTED);
}

async function launch(folder: string, env: NodeJS.ProcessEnv): Promise<OpencodeServer> {
  const result = await launchServer({
    command: 'opencode',
    args: [],
    port: (await findFreePort(4600)) ?? 4600,
    cwd: folder,
    env,
    configContent: JSON.stringify(serverConfig(null)),
    databaseFile: join(folder, 'direct.db'),
    startTimeoutMs: 30_000,
    onOutput: () => {},
  });
  if (!result.ok) throw new Error(result.failure.message);
  return result.server;
}

async function post(
  { client }: { client: ReturnType<typeof connectClient> },
  directory: string,
): Promise<void> {
  const permission = toOpencodeRules({ kind: 'read-only' }).map((rule) => ({ ...rule }));
  const { data } = await client.session.create(
    { directory, title: 'direct', permission },
    { throwOnError: true },
  );
  await client.session.promptAsync({
    sessionID: data.id,
    directory,
    model: { providerID: 'google', modelID: 'gemini-3-flash' },
    agent: 'explore',
    parts: [{ type: 'text', text: PROMPT }],
  });
}

function tick(ms = 2): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

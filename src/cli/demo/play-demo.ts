// The play itself: without OMCM, then with it, and what is to be learnt from both.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { referenceCalls } from '../../simulation/reference-workload.ts';
import { keyOf, newsOf } from './calls/call-news.ts';
import { rowOf } from './calls/call-row.ts';
import { type ClaudeTokens, compareClaudeTokens } from './calls/compare-claude-tokens.ts';
import type { Fault, RunName } from './calls/fault.ts';
import { judgeRoutes, judgeUnrouted, type RoutedCall } from './calls/judge-routes.ts';
import { judgeSession } from './calls/judge-session.ts';
import { decisionFor } from './calls/logged-decision.ts';
import { type DemoReport, routedCostOf } from './demo-report.ts';
import { playSession, type Session } from './play-session.ts';
import type { StartedProcesses } from './processes/started-processes.ts';
import { warmDaemon } from './processes/warm-daemon.ts';
import { formatSeconds, formatTokens } from './render/format.ts';
import type { Look } from './render/look.ts';
import { renderNews } from './render/render-news.ts';
import type { Screen } from './render/screen.ts';
import type { Stage } from './stages/stage.ts';

export type Play = {
  readonly stage: Stage;
  /** Path of omcmd.js, in the plugin's folder. */
  readonly daemonProgram: string;
  readonly screen: Screen;
  readonly look: Look;
  readonly signal: AbortSignal;
  readonly processes: StartedProcesses;
};

type Act = {
  readonly session: Session;
  readonly calls: readonly RoutedCall[];
  readonly tokens: ClaudeTokens;
  readonly faults: readonly Fault[];
};

export async function playDemo(play: Play): Promise<DemoReport> {
  const { screen, look, stage } = play;
  const { words, colours } = look;
  const without = await act(play, 'without');
  const ms = lengthOf(without.session);
  const summary = words.without(without.calls.length, formatSeconds(ms), formatTokens(without.tokens.total));
  if (without.session.end.ok) screen.line(`\n${summary}`);
  const warmedMs = await warm(play);
  screen.line(words.warm(formatSeconds(warmedMs)));
  screen.line(`\n${colours.bold(words.with)}`);
  const withOmcm = await act(play, 'with');

  const rows = withOmcm.calls.map((call) => rowOf({ ...call, sessionStartedAt: withOmcm.session.startedAt }));
  return {
    kind: stage.kind,
    rows,
    comparison: compareClaudeTokens(without.tokens, withOmcm.tokens),
    routed: routedCostOf(rows),
    faults: [...without.faults, ...withOmcm.faults],
    ms: { without: ms, warmUp: warmedMs, with: lengthOf(withOmcm.session) },
    folder: null,
  };
}

async function act(play: Play, run: RunName): Promise<Act> {
  const { stage, signal, daemonProgram } = play;
  const plugin = dirname(dirname(daemonProgram));
  stage.prepare(run);
  const session = await playSession({
    stage,
    pluginDirs: run === 'with' ? [plugin, stage.agentsDir] : [stage.agentsDir],
    signal,
    onChange: follow(play, run),
  });
  signal.throwIfAborted();
  const calls = await Promise.all(
    session.calls.map(async (call) => {
      const decision = decisionFor(call, session.calls, session.decisions);
      return { call, decision, spending: await stage.spending(run, call, decision) };
    }),
  );
  const judged = { run, end: session.end, calls: session.calls, files: readWork(stage) };
  const faults = [
    ...judgeSession(judged, referenceCalls, { answersAreScripted: stage.kind === 'simulated' }),
    ...(run === 'with' ? judgeRoutes(calls) : judgeUnrouted(calls)),
  ];
  return { session, calls, tokens: stage.claudeTokens(run, session), faults };
}

/** Tells each start and each end once; without OMCM there is nothing to tell but how far it is. */
function follow({ screen, look }: Play, run: RunName): Parameters<typeof playSession>[0]['onChange'] {
  const { words } = look;
  const busy = run === 'with' ? words.busyWith : words.busyWithout;
  const told = new Set<string>();
  screen.busy(busy(0, referenceCalls.length));
  return (calls, decisions) => {
    screen.busy(busy(calls.filter(({ endedAt }) => endedAt !== null).length, referenceCalls.length));
    if (run === 'without') return;
    for (const news of newsOf(calls, decisions, (one) => told.has(keyOf(one)))) {
      told.add(keyOf(news));
      screen.line(renderNews(news, look));
    }
  };
}

async function warm({ stage, daemonProgram, screen, look, signal, processes }: Play): Promise<number> {
  screen.busy(look.words.busyWarming);
  const startedAt = Date.now();
  await warmDaemon({ stage, program: daemonProgram, signal, processes, words: look.words });
  return Date.now() - startedAt;
}

function readWork({ home }: Stage): ReadonlyMap<string, string | null> {
  const written = referenceCalls.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'write' ? [step.path] : [])),
  );
  return new Map(written.map((path) => [path, readText(join(home.projectDir, path))]));
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function lengthOf({ startedAt, endedAt }: Session): number {
  return endedAt - startedAt;
}

// One of the two sessions of the demo: played, followed on the screen, measured and judged.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { referenceCalls } from '../../simulation/reference-workload.ts';
import type { ClaudeTokens } from './calls/compare-claude-tokens.ts';
import type { Fault, RunName } from './calls/fault.ts';
import { judgeRoutes, judgeUnrouted, type RoutedCall } from './calls/judge-routes.ts';
import { judgeSession } from './calls/judge-session.ts';
import { decisionFor } from './calls/logged-decision.ts';
import type { Session } from './calls/session.ts';
import { followCalls } from './follow-calls.ts';
import { playSession } from './play-session.ts';
import type { StartedProcesses } from './processes/started-processes.ts';
import type { Look } from './render/look.ts';
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

export type Act = {
  readonly session: Session;
  readonly calls: readonly RoutedCall[];
  readonly tokens: ClaudeTokens;
  readonly faults: readonly Fault[];
};

export async function playAct(play: Play, run: RunName): Promise<Act> {
  const { stage, signal, daemonProgram } = play;
  const ownPlugin = dirname(dirname(daemonProgram));
  stage.prepare(run);
  const session = await playSession({
    stage,
    pluginDirs: run === 'with' ? [ownPlugin, stage.agentsDir] : [stage.agentsDir],
    signal,
    onChange: followCalls(play, run),
  });
  signal.throwIfAborted();
  const calls = await routedCalls(stage, run, session);
  const tokens = stage.claudeTokens(run, session);
  return { session, calls, tokens, faults: judge(stage, run, { session, calls }) };
}

function routedCalls(stage: Stage, run: RunName, { calls, decisions }: Session): Promise<RoutedCall[]> {
  return Promise.all(
    calls.map(async (call) => {
      const decision = decisionFor(call, calls, decisions);
      return { call, decision, spending: await stage.spending(run, call, decision) };
    }),
  );
}

function judge(
  stage: Stage,
  run: RunName,
  { session, calls }: Pick<Act, 'session' | 'calls'>,
): readonly Fault[] {
  const judged = { run, end: session.end, calls: session.calls, files: readWork(stage) };
  return [
    ...judgeSession(judged, referenceCalls, { answersAreScripted: stage.kind === 'simulated' }),
    ...(run === 'with' ? judgeRoutes(calls) : judgeUnrouted(calls)),
  ];
}

/** What is now in the files that the subagents were to write. */
function readWork({ home }: Stage): ReadonlyMap<string, string | null> {
  const paths = referenceCalls.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'write' ? [step.path] : [])),
  );
  return new Map(paths.map((path) => [path, readText(join(home.projectDir, path))]));
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

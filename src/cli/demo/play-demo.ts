// The play itself: without OMCM, then with it, and what is to be learnt from both.
import { rowOf } from './calls/call-row.ts';
import { compareClaudeTokens } from './calls/compare-claude-tokens.ts';
import type { Session } from './calls/session.ts';
import { type DemoReport, routedCostOf } from './demo-report.ts';
import { type Act, type Play, playAct } from './play-act.ts';
import { warmDaemon } from './processes/warm-daemon.ts';
import { formatSeconds, formatTokens } from './render/format.ts';

export async function playDemo(play: Play): Promise<DemoReport> {
  const { screen, look, stage } = play;
  const without = await playAct(play, 'without');
  tellSummary(play, without);
  const warmUpMs = await warm(play);
  screen.line(look.words.warm(formatSeconds(warmUpMs)));
  screen.line(`\n${look.colours.bold(look.words.with)}`);
  const withOmcm = await playAct(play, 'with');

  const { startedAt } = withOmcm.session;
  const rows = withOmcm.calls.map((call) => rowOf({ ...call, sessionStartedAt: startedAt }));
  return {
    kind: stage.kind,
    rows,
    comparison: compareClaudeTokens(without.tokens, withOmcm.tokens),
    routed: routedCostOf(rows),
    faults: [...without.faults, ...withOmcm.faults],
    ms: { without: lengthOf(without.session), warmUp: warmUpMs, with: lengthOf(withOmcm.session) },
    folder: null,
  };
}

function tellSummary({ screen, look }: Play, { session, calls, tokens, faults }: Act): void {
  if (faults.length > 0) return;
  const [time, cost] = [formatSeconds(lengthOf(session)), formatTokens(tokens.total)];
  screen.line(`\n${look.words.without(calls.length, time, cost)}`);
}

async function warm({ stage, daemonProgram, screen, look, signal, processes }: Play): Promise<number> {
  const { words } = look;
  screen.busy(words.busyWarming);
  const startedAt = Date.now();
  await warmDaemon({ stage, program: daemonProgram, signal, processes, words });
  return Date.now() - startedAt;
}

function lengthOf({ startedAt, endedAt }: Session): number {
  return endedAt - startedAt;
}

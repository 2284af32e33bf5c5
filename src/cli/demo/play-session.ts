// One session of the real Claude Code, watched as it goes.
import { setTimeout as sleep } from 'node:timers/promises';
import { finalResult } from '../../simulation/claude-events.ts';
import { type ClaudeResult, runClaude } from '../../simulation/run-claude.ts';
import { type LoggedDecision, readDecisions } from './calls/logged-decision.ts';
import { type ObservedCall, observeCalls, type TimedEvent } from './calls/observe-calls.ts';
import type { Session, SessionEnd } from './calls/session.ts';
import { openTail } from './open-tail.ts';
import type { Stage } from './stages/stage.ts';

export type SessionOptions = {
  readonly stage: Stage;
  readonly pluginDirs: readonly string[];
  readonly signal: AbortSignal;
  readonly onChange: (calls: readonly ObservedCall[], decisions: readonly LoggedDecision[]) => void;
};

const POLL_MS = 50;

export async function playSession({ stage, pluginDirs, signal, onChange }: SessionOptions): Promise<Session> {
  const events: TimedEvent[] = [];
  const lines: string[] = [];
  const tail = openTail(stage.paths.routingLogFile);
  const look = () => lines.push(...tail.read());
  const tell = () => onChange(observeCalls(events), readDecisions(lines));

  const startedAt = Date.now();
  const running = runClaude({
    home: stage.home,
    prompt: stage.prompt,
    pluginDirs,
    permissionMode: 'acceptEdits',
    timeoutMs: stage.timeoutMs,
    signal,
    onEvent: (event) => {
      events.push({ at: Date.now(), event });
      look();
      tell();
    },
  });
  const ended = running.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([ended, sleep(POLL_MS, false)]))) {
    if (look() > 0) tell();
  }
  const result = await running;
  look();
  tell();
  const calls = observeCalls(events);
  const decisions = readDecisions(lines);
  return { startedAt, endedAt: Date.now(), end: endOf(result), events, calls, decisions };
}

function endOf(result: ClaudeResult): SessionEnd {
  if (result.timedOut) return { ok: false, detail: `no end after ${Math.round(result.durationMs / 1000)} s` };
  const final = finalResult(result.events.slice());
  if (result.exitCode === 0 && final?.isError === false) return { ok: true };
  const said = [final?.text, result.stderr.trim()].filter(Boolean).join(' ').slice(0, 500);
  return { ok: false, detail: `exit ${result.exitCode ?? 'by a signal'}${said === '' ? '' : `: ${said}`}` };
}

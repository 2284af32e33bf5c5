/** How far is a cold run? Pure: what is known and one more line in, what is known then and what it means out. */
import type { EngineEvent } from '../../../core/delegation/engine.ts';
import { type Failure, failure } from '../../../core/delegation/failure.ts';
import { type LogNews, readLogLine } from '../../../core/opencode/log-line.ts';
import {
  failureOf,
  followTries,
  hear,
  isLikelyRetried,
  NO_TRIES,
  type Tries,
} from '../../../core/opencode/tries.ts';
import { NOTHING_READ, parseRunEvent, type RunState, readRunEvent } from './run-event.ts';

export type Progress = {
  readonly run: RunState;
  readonly tries: Tries;
  readonly isAsked: boolean;
  /** A tool was allowed and has not ended: its silence is not the provider's. */
  readonly isActing: boolean;
  /** Why to give up. */
  readonly problem: Failure | null;
  readonly lastError: string | null;
  /** The end of what was written beside events and log. */
  readonly tail: string;
};

export const NO_PROGRESS: Progress = {
  run: NOTHING_READ,
  tries: NO_TRIES,
  isAsked: false,
  isActing: false,
  problem: null,
  lastError: null,
  tail: '',
};

export type Advance = { readonly progress: Progress; readonly out: readonly EngineEvent[] };

export function readEventLine(progress: Progress, line: string): Advance {
  const event = parseRunEvent(line);
  if (event === null) return { progress, out: [] };
  const { state, out } = readRunEvent(progress.run, event);
  const isHeard = event.type === 'text' || event.type === 'tool_use';
  const tries = isHeard ? hear(progress.tries) : progress.tries;
  // An error is not the end: OpenCode tells it, puts itself in order, and exits.
  const problem = event.type === 'error' ? progress.problem : state.failure;
  return { progress: { ...progress, run: state, tries, isAsked: true, isActing: false, problem }, out };
}

export function readLog(progress: Progress, line: string): Advance {
  const news = readLogLine(line);
  if (news !== null) return { progress: takeNews(progress, news), out: [] };
  if (line.startsWith('timestamp=')) return { progress, out: [] };
  return readTalk({ ...progress, tail: `${progress.tail}\n${line}`.slice(-500).trim() }, line);
}

function takeNews(progress: Progress, news: LogNews): Progress {
  if (news.kind === 'booted') return progress;
  if (news.kind === 'error') return { ...progress, lastError: news.message };
  const { tries, failure: problem } = followTries(progress.tries, news);
  return { ...progress, tries, isAsked: true, problem: progress.problem ?? problem };
}

/** What OpenCode says to a person at the terminal. */
function readTalk(progress: Progress, line: string): Advance {
  // It would go on with an agent of its own, and with that agent's rights.
  if (/agent ".*" (not found|is a subagent)/.test(line))
    return {
      progress: { ...progress, problem: failure('internal', { detail: line.slice(0, 300) }) },
      out: [],
    };
  const [, permission, patterns] = /permission requested: (\w+) \((.*)\); auto-rejecting/.exec(line) ?? [];
  if (permission === undefined || patterns === undefined) return { progress, out: [] };
  const message = 'Nobody can be asked in a cold run.';
  return {
    progress,
    out: [{ type: 'permission', permission, patterns: patterns.split(', '), reply: 'reject', message }],
  };
}

export type Patience = { readonly startTimeoutMs: number; readonly stallTimeoutMs: number };

/** A tool may take as long as its task may. */
const WITHOUT_LIMIT = 2 ** 31 - 1;
/** OpenCode tells within this time if it gives up after a complaint; if not, it asks again after 2 s. */
const GIVE_UP_MS = 1_000;

/** How long to wait for the next line, and what it means when none comes. */
export function judgeSilence(progress: Progress, patience: Patience): { limitMs: number; failure: Failure } {
  if (isLikelyRetried(progress.tries)) return { limitMs: GIVE_UP_MS, failure: failureOf(progress.tries) };
  if (progress.isActing) return { limitMs: WITHOUT_LIMIT, failure: failure('internal') };
  if (progress.isAsked) return { limitMs: patience.stallTimeoutMs, failure: failure('provider-silent') };
  const detail = `no question to the provider after ${patience.startTimeoutMs} ms ${progress.tail}`.trim();
  return { limitMs: patience.startTimeoutMs, failure: failure('server-start-failed', { detail }) };
}

// How did a task end that Claude Code was started for?
import { parseLimitMessage } from '../parse-limit-message.ts';
import type { Heard } from './read-output.ts';

export type HeadlessExit = {
  /** By us. */
  readonly stopped: 'cancelled' | 'deadline' | null;
  readonly code: number | null;
  /** The last of what it complained of. */
  readonly stderr: string;
};

export type HeadlessEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: ClaudeFailure; readonly detail: string };

export type ClaudeFailure = 'deadline-exceeded' | 'claude-limit' | 'claude-failed' | 'claude-not-permitted';

const REFUSED_FOR_NOW = /\b429\b|rate.?limit/i;

export function judgeEnd(
  heard: Heard,
  { stopped, code, stderr }: HeadlessExit,
  mayWrite: boolean,
): HeadlessEnd {
  if (stopped === 'cancelled') return { kind: 'cancelled' };
  if (stopped === 'deadline') return { kind: 'failed', code: 'deadline-exceeded', detail: '' };
  const { result } = heard;
  if (result === null || result.isError || code !== 0) {
    const detail = (result?.text || stderr.trim() || `exit code ${code}`).slice(-500);
    return { kind: 'failed', code: isLimit(detail) ? 'claude-limit' : 'claude-failed', detail };
  }
  // One that should write, was not allowed to and has changed nothing has not done its work, whatever it says.
  if (mayWrite && result.denied.length > 0 && heard.changed.length === 0)
    return { kind: 'failed', code: 'claude-not-permitted', detail: result.denied.join(', ') };
  return { kind: 'done' };
}

function isLimit(text: string): boolean {
  return parseLimitMessage(text, 0) !== null || REFUSED_FOR_NOW.test(text);
}

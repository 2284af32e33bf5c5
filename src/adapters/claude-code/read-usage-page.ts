// How much is spent, as Claude's own usage page has it: with the login of Claude Code, and only where the user wants it.
// The token goes to this one address and nowhere else, and stands in no result and no message.

import { readFile } from 'node:fs/promises';
import type { WindowReport } from '../../core/quota/to-readings.ts';

const USAGE_PAGE = 'https://api.anthropic.com/api/oauth/usage';

/** To any other name the page answers 429. The version is the one whose requests were looked at. */
const USER_AGENT = 'claude-code/2.1.330';

const PATIENCE_MS = 5_000;

export type UsagePage =
  | { readonly kind: 'read'; readonly windows: readonly WindowReport[] }
  /** `retryAfterMs`: `null` where it did not say. */
  | { readonly kind: 'busy'; readonly retryAfterMs: number | null }
  | { readonly kind: 'unusable'; readonly reason: 'no-login' | 'login-expired' | 'refused' | 'unreachable' };

export type UsagePageOptions = {
  /** Claude Code's `.credentials.json`; macOS keeps the login elsewhere, and then there is none for us. */
  readonly credentialsFile: string;
  readonly now: number;
  readonly url?: string;
};

export async function readUsagePage({
  credentialsFile,
  now,
  url = USAGE_PAGE,
}: UsagePageOptions): Promise<UsagePage> {
  const login = await readLogin(credentialsFile);
  if (login === null) return { kind: 'unusable', reason: 'no-login' };
  // To renew it is Claude Code's: two who do it take each other's login away.
  if (login.expiresAt <= now) return { kind: 'unusable', reason: 'login-expired' };
  try {
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${login.token}`,
        'anthropic-beta': 'oauth-2025-04-20',
        'user-agent': USER_AGENT,
      },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return { kind: 'read', windows: readWindows(await response.json()) };
    if (response.status !== 429) return { kind: 'unusable', reason: 'refused' };
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'busy', retryAfterMs: seconds > 0 ? seconds * 1_000 : null };
  } catch {
    return { kind: 'unusable', reason: 'unreachable' };
  }
}

type Login = { readonly token: string; readonly expiresAt: number };

async function readLogin(file: string): Promise<Login | null> {
  try {
    const { claudeAiOauth: login } = JSON.parse(await readFile(file, 'utf8'));
    if (typeof login?.accessToken !== 'string') return null;
    return { token: login.accessToken, expiresAt: Number(login.expiresAt ?? Number.POSITIVE_INFINITY) };
  } catch {
    return null;
  }
}

function readWindows(page: unknown): readonly WindowReport[] {
  return Object.entries((page ?? {}) as Record<string, unknown>).flatMap(([kind, window]) => {
    const { utilization: percent, resets_at: resetsAt } = (window ?? {}) as Record<string, unknown>;
    return typeof percent === 'number' ? [{ kind, percent, resetsAt: parseTime(resetsAt) }] : [];
  });
}

function parseTime(time: unknown): number | null {
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

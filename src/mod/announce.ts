/** The beginning of a session: the daemon hears of it, and what it has to say is shown. */
import { greetDaemon, readLine } from './daemon-calls.ts';
import type { Dollar } from './engine-interface.ts';
import { NOTICE_MS } from './notice.ts';

let pinned = '';

const GREETINGS = 8;
const GREETING_PAUSE_MS = 1_000;
const LINE_EVERY_MS = 2_000;

/** The hook of the second way sees this in its environment and leaves the calls of this session to us. */
export async function announce($: Dollar): Promise<void> {
  const { CLAUDE_PID } = await $.process.hookEnv();
  await $.env.set('OMCM_MOD_PID', CLAUDE_PID);
  await greet($, CLAUDE_PID, GREETINGS);
}

/** The SessionStart hook may still be starting the daemon. What it has to say is for the user, not for Claude. */
async function greet($: Dollar, claudePid: string | undefined, triesLeft: number): Promise<void> {
  try {
    const { notice, footer } = await greetDaemon($, claudePid);
    if (footer) pinLine($);
    if (notice !== null) $.ui.toast(notice, { timeoutMs: NOTICE_MS });
  } catch {
    if (triesLeft > 1) $.clock.after(GREETING_PAUSE_MS, () => void greet($, claudePid, triesLeft - 1));
    else
      $.ui.toast('OMCM: the daemon does not answer; subagents run on Claude. See `omcm doctor`.', {
        timeoutMs: NOTICE_MS,
      });
  }
}

/** Again and again, as long as the session lives: what it shows changes outside as well. */
function pinLine($: Dollar): void {
  const pin = async () => {
    const line = await readLine($).catch(() => null);
    if (line !== null && line !== pinned) $.ui.status(line);
    pinned = line ?? pinned;
    $.clock.after(LINE_EVERY_MS, () => void pin());
  };
  void pin();
}

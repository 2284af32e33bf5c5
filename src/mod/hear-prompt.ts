/**
 * What is typed: a few words at its beginning ask for a mode of this session, or end it; others, alone, ask how it goes
 * on in OpenCode.
 */
import { LONGEST_REQUEST } from '../core/handoff/asks-for-handoff.ts';
import { findSessionRequest, type SessionRequest } from '../core/session-mode/find-request.ts';
import { askSession, tellPrompt } from './daemon-calls.ts';
import type { Dollar, PromptInput } from './engine-interface.ts';
import { NOTICE_MS } from './notice.ts';
import { isQuiet } from './quiet-session.ts';
import { soon } from './soon.ts';

const HEARING_LIMIT_MS = 300;
/** Others who submit prompts: notifications, schedules, other sessions, plugins. */
const PEOPLE = new Set(['composer', 'sdk', 'bridge', 'unclassified']);

/** What the model is to read beside it. */
export async function hearPrompt($: Dollar, { text, origin }: PromptInput): Promise<string | null> {
  if (!PEOPLE.has(origin.kind) || (await isQuiet($))) return null;
  const request = findSessionRequest(text);
  return request === null ? hear($, text) : passOn($, request);
}

async function passOn($: Dollar, request: SessionRequest): Promise<string | null> {
  try {
    const { notice, context } = await askSession($, request);
    if (notice !== null) $.ui.toast(notice, { timeoutMs: NOTICE_MS });
    return context;
  } catch {
    if (request.kind === 'start')
      $.ui.toast(`OMCM: the daemon does not answer, so ${request.mode} is not on. See \`omcm doctor\`.`, {
        timeoutMs: NOTICE_MS,
      });
    return null;
  }
}

/** A prompt that could ask for a hand-over: its words are in the configuration, which the daemon knows. */
async function hear($: Dollar, text: string): Promise<string | null> {
  if (text.length > LONGEST_REQUEST) return null;
  const heard = tellPrompt($, text).then(({ notice, context }) => {
    if (notice !== null) $.ui.toast(notice, { timeoutMs: NOTICE_MS });
    return context;
  });
  return soon($, heard, HEARING_LIMIT_MS);
}

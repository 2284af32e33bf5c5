/**
 * A model request of Claude Code's own: a led subagent's goes to the daemon, and one of the main conversation does, where
 * Claude has refused it. Whatever of ours fails, Claude answers.
 */
import type { AGENT_HEADER as AGENT_OF, TOLD_HEADER as TOLD } from '../protocol/model-request.ts';
import { describeRefused, tellClaudeIsBack, toDaemon } from './daemon-calls.ts';
import type { Dollar, FetchInput, FetchNext, FetchResult } from './engine-interface.ts';
import { followStep, isLed } from './led-subagents.ts';
import { NOTICE_MS } from './notice.ts';
import { isQuiet } from './quiet-session.ts';
import { seeRequest } from './seen-requests.ts';

/** Another model answers in Claude's place. */
let isRescued = false;

const MESSAGES = /\/v1\/messages(?:\?|$)/;
const AGENT_HEADER = 'x-claude-code-agent-id' satisfies typeof AGENT_OF;
const TOLD_HEADER = 'x-omcm-told' satisfies typeof TOLD;

export async function answerRequest($: Dollar, e: FetchInput, next: FetchNext): Promise<FetchResult> {
  if (next.origin?.plugin !== 'engine' || !MESSAGES.test(e.url)) return next(e);
  seeRequest();
  const agentId = e.init?.headers?.[AGENT_HEADER];
  // One that does not stream is asked after a stream that broke, or in passing.
  if (!/"stream":\s*true/.test(e.init?.body ?? '')) return next(e);
  if (agentId === undefined) return answerLead($, e, next);
  return isLed(agentId) ? answerLed($, e, next, agentId) : next(e);
}

async function answerLed($: Dollar, e: FetchInput, next: FetchNext, agentId: string): Promise<FetchResult> {
  try {
    const answered = await next({ ...e, ...(await toDaemon($, e)) });
    if (isGood(answered)) {
      followStep($, agentId);
      return answered;
    }
  } catch {
    // A daemon that is gone: Claude answers this step, in the same conversation.
  }
  return next(e);
}

async function answerLead($: Dollar, e: FetchInput, next: FetchNext): Promise<FetchResult> {
  const answered = await next(e);
  if (!isRefused(answered)) {
    if (isRescued && isGood(answered)) void tellReturn($);
    return answered;
  }
  try {
    if (await isQuiet($)) return answered;
    const refused = await describeRefused($, answered.value.headers ?? {});
    const rescued = await next({ ...e, ...(await toDaemon($, e, refused)) });
    tellRescue($, rescued);
    if (!isGood(rescued)) return answered;
    isRescued = true;
    return rescued;
  } catch {
    // Without a daemon the refusal stands.
    return answered;
  }
}

type Answered = Extract<FetchResult, { value?: unknown }>;

function isGood(answered: FetchResult): boolean {
  return 'value' in answered && answered.value?.ok === true;
}

function isRefused(
  answered: FetchResult,
): answered is Answered & { readonly value: NonNullable<Answered['value']> } {
  return 'value' in answered && answered.value?.status === 429;
}

function tellRescue($: Dollar, rescued: FetchResult): void {
  const told = 'value' in rescued ? rescued.value?.headers?.[TOLD_HEADER] : undefined;
  if (told !== undefined) $.ui.toast(decodeURIComponent(told), { timeoutMs: NOTICE_MS });
}

async function tellReturn($: Dollar): Promise<void> {
  isRescued = false;
  // What the daemon knows of it is over too.
  const notice = await tellClaudeIsBack($).catch(() => null);
  $.ui.toast(notice ?? 'OMCM: Claude answers again.', { timeoutMs: NOTICE_MS });
}

/**
 * Does another model answer a session in Claude's place, since when and until when?
 *
 *   nothing ─ Claude refuses, and the user is to be asked ─▶ offered ─ yes ─▶ allowed ─ Claude refuses ─▶ answering
 *      │                                                        └─ no ──▶ refused
 *      ├─ Claude refuses, and nobody is to be asked ──────────────────────────────────────────────────▶ answering
 *      └─ the user says so beforehand ──▶ allowed, refused
 *
 * Each is over at the reset of the window that is spent, and once Claude answers again.
 */
export const RESCUE_STATES = ['offered', 'allowed', 'answering', 'refused'] as const;
export type RescueState = (typeof RESCUE_STATES)[number];

export type RescueStanding = {
  readonly sessionId: string;
  readonly state: RescueState;
  /** Who answers, or would; `null`: that shows once Claude refuses. */
  readonly model: string | null;
  /** Milliseconds since the epoch, here and below. */
  readonly since: number;
  /** The reset; `null`: nobody has told it. */
  readonly until: number | null;
};

/** What is set in the configuration. */
export type RescueWish = 'off' | 'ask' | 'auto';

/** What the user says of one session. */
export type RescueWord = 'on' | 'off';

/** What a user has said of a window without a known end does not hold for ever. */
const LONGEST_MS = 24 * 3_600_000;

export function holdsStill({ since, until }: RescueStanding, now: number): boolean {
  return now < (until ?? since + LONGEST_MS);
}

/** Claude has refused. What the user has said of this session counts before what is set for all. */
export function judgeRescue(standing: RescueStanding | null, wish: RescueWish): 'answer' | 'offer' | 'leave' {
  switch (standing?.state) {
    case 'allowed':
    case 'answering':
      return 'answer';
    case 'refused':
      return 'leave';
    default:
      return wish === 'auto' ? 'answer' : wish === 'ask' ? 'offer' : 'leave';
  }
}

export type Refusal = {
  readonly sessionId: string;
  readonly model: string;
  readonly until: number | null;
  readonly at: number;
};

/** The user is asked; once, so that the offer keeps its time. */
export function offer(standing: RescueStanding | null, refusal: Refusal): RescueStanding {
  return standing?.state === 'offered' ? standing : toStanding('offered', refusal);
}

/**
 * Another model answers. A yes was for the window that was spent then, so a later reset does not prolong it; and who
 * has said no meanwhile has said no.
 */
export function answering(standing: RescueStanding | null, refusal: Refusal): RescueStanding {
  if (standing?.state === 'refused') return standing;
  const since = standing?.state === 'answering' ? standing.since : refusal.at;
  return { ...toStanding('answering', refusal), since, until: standing?.until ?? refusal.until };
}

export function say(
  standing: RescueStanding | null,
  { sessionId, word, at }: { readonly sessionId: string; readonly word: RescueWord; readonly at: number },
): RescueStanding {
  const { model = null, until = null } = standing ?? {};
  if (word === 'off') return { sessionId, state: 'refused', model: null, since: at, until };
  if (standing?.state === 'answering') return standing;
  return { sessionId, state: 'allowed', model, since: at, until };
}

function toStanding(state: RescueState, { sessionId, model, until, at }: Refusal): RescueStanding {
  return { sessionId, state, model, since: at, until };
}

// In which sessions does another model answer in Claude's place, or could? One line for each.
import type { RescueStanding } from '../native-tools/rescue-standing.ts';
import { describeSpan } from './describe-time.ts';
import { fill, type LiveWords } from './live-words.ts';

export type RescueLook = {
  readonly words: LiveWords;
  readonly now: number;
  /** By the clock on the wall of whoever looks on. */
  readonly clock: (at: number) => string;
};

/** Of a session its first characters: enough to tell it from another. */
const SESSION_CHARS = 8;

/** `null`: from a daemon that does not tell. */
export function describeRescues(
  rescues: readonly RescueStanding[] | null | undefined,
  look: RescueLook,
): readonly string[] {
  return (rescues ?? [])
    .filter(({ state }) => state !== 'refused')
    .map((rescue) => describeRescue(rescue, look));
}

function describeRescue(
  { state, sessionId, model, since, until }: RescueStanding,
  { words, now, clock }: RescueLook,
): string {
  const { rescue } = words;
  const said =
    state === 'answering' ? rescue.answering : state === 'offered' ? rescue.offered : rescue.allowed;
  const left =
    until === null
      ? ''
      : fill(rescue.until, { time: clock(until), span: describeSpan(Math.max(0, until - now), words) });
  const session = sessionId.slice(0, SESSION_CHARS);
  return `${fill(said, { model: model ?? rescue.another, session, since: clock(since) })}${left}.`;
}

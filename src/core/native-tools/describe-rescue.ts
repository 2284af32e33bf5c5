// What a person is told where another model answers in Claude's place, or could. `until`: by the clock on the wall.
import type { Locale } from '../config/pick-locale.ts';
import type { RescueWord } from './rescue-standing.ts';

export type Rescue = { readonly model: string; readonly until: string | null };

/** Stands at the beginning of what the other model says. */
export function markRescue({ model, until }: Rescue, locale: Locale): string {
  return locale === 'ko'
    ? `[Claude의 한도가 다 되어${untilKo(until)} ${model}이(가) 대신 답합니다.]\n\n`
    : `[${model} answers in Claude's place, whose window is spent${untilEn(until)}.]\n\n`;
}

export function describeRescue({ model, until }: Rescue, locale: Locale): string {
  return locale === 'ko'
    ? `OMCM: Claude의 한도가 다 되었습니다${inBrackets(until)}. 그때까지 이 대화는 ${model}이(가) 이어 갑니다. \`rescue off\`라고 입력하면 끝납니다.`
    : `OMCM: Claude's window is spent${untilEn(until)}. Until it is back, ${model} goes on with this conversation; type \`rescue off\` to end that.`;
}

export function offerRescue({ model, until }: Rescue, locale: Locale): string {
  return locale === 'ko'
    ? `OMCM: Claude의 한도가 다 되었습니다${inBrackets(until)}. 그때까지 ${model}이(가) 이 대화를 이어 갈 수 있습니다. 대화 전체가 그 제공자로 갑니다. 허용하려면 \`rescue on\`, 거절하려면 \`rescue off\`라고 입력하세요.`
    : `OMCM: Claude's window is spent${untilEn(until)}. ${model} could go on with this conversation until then, all of which would go to its vendor: type \`rescue on\` to allow it, \`rescue off\` to refuse.`;
}

/** `model` is `null` as long as Claude has not refused. */
export type Allowed = { readonly model: string | null; readonly until: string | null };

/** What a person is told who has said so of a session. */
export function describeWord(word: RescueWord, { model, until }: Allowed, locale: Locale): string {
  const ko = locale === 'ko';
  if (word === 'off')
    return ko
      ? `OMCM: 이 세션에서는${untilKo(until)} 다른 모델이 Claude 대신 답하지 않습니다.`
      : `OMCM: no other model answers this session in Claude's place${untilEn(until)}.`;
  if (model !== null)
    return ko
      ? `OMCM: Claude가 돌아올 때까지${inBrackets(until)} ${model}이(가) 이 대화를 이어 갑니다. 끝내려면 \`rescue off\`.`
      : `OMCM: until Claude is back${until === null ? '' : ` at ${until}`}, ${model} goes on with this conversation; \`rescue off\` ends that.`;
  return ko
    ? 'OMCM: Claude의 한도가 다 되면 초기화될 때까지 다른 모델이 이 대화를 이어 갑니다. 취소하려면 `rescue off`.'
    : "OMCM: once Claude's window is spent, another model goes on with this conversation until its reset; `rescue off` takes that back.";
}

export function describeReturn(locale: Locale): string {
  return locale === 'ko' ? 'OMCM: Claude가 다시 답합니다.' : 'OMCM: Claude answers again.';
}

/** For the model that reads the word: it is not meant for it. */
export const TOLD_OF_THE_YES =
  'With this the user has told OMCM that another model may go on with this conversation as long as the usage window of Claude is spent. There is nothing to do about it. If something that the user asked for before is not done yet, go on with it; otherwise say in one line that it is noted.';

function untilEn(until: string | null): string {
  return until === null ? '' : ` until ${until}`;
}

function untilKo(until: string | null): string {
  return until === null ? '' : ` ${until}까지`;
}

function inBrackets(until: string | null): string {
  return until === null ? '' : ` (${until}까지)`;
}

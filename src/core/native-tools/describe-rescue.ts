// What a person is told where another model answers in Claude's place, or could. `until`: by the clock on the wall.
import type { Locale } from '../config/pick-locale.ts';

export type Rescue = { readonly model: string; readonly until: string | null };

/** Stands at the beginning of what the other model says. */
export function markRescue({ model, until }: Rescue, locale: Locale): string {
  return locale === 'ko'
    ? `[Claude의 한도가 다 되어${until === null ? '' : ` ${until}까지`} ${model}이(가) 대신 답합니다.]\n\n`
    : `[${model} answers in Claude's place, whose window is spent${until === null ? '' : ` until ${until}`}.]\n\n`;
}

export function describeRescue({ model, until }: Rescue, locale: Locale): string {
  return locale === 'ko'
    ? `OMCM: Claude의 한도가 다 되었습니다${until === null ? '' : ` (${until}까지)`}. 그때까지 이 대화는 ${model}이(가) 이어 갑니다. 그만두려면 \`omcm config set rescue off\`.`
    : `OMCM: Claude's window is spent${until === null ? '' : ` until ${until}`}. Until it is back, ${model} goes on with this conversation; \`omcm config set rescue off\` ends that.`;
}

export function offerRescue({ model, until }: Rescue, locale: Locale): string {
  return locale === 'ko'
    ? `OMCM: Claude의 한도가 다 되었습니다${until === null ? '' : ` (${until}까지)`}. ${model}이(가) 이 대화를 이어 갈 수 있습니다. 대화 전체가 그 제공자로 갑니다. 허용하려면 \`omcm config set rescue auto\`를 실행하고 다시 물어보세요.`
    : `OMCM: Claude's window is spent${until === null ? '' : ` until ${until}`}. ${model} could go on with this conversation, all of which would go to its vendor: \`omcm config set rescue auto\`, then ask again.`;
}

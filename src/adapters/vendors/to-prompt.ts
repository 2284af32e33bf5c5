import type { Conversation, UserPart } from '../../core/native-tools/conversation.ts';
import type { RecalledTurn } from '../../core/native-tools/recall-reasoning.ts';
import type { Model } from './open-model.ts';

type Prompt = Parameters<Model['doStream']>[0]['prompt'];

export type RecalledConversation = Omit<Conversation, 'turns'> & { readonly turns: readonly RecalledTurn[] };

type Said = Extract<Prompt[number], { role: 'assistant' }>['content'];

/** A conversation in the words of the packages that speak to vendors. */
export function toPrompt({ system, turns }: RecalledConversation): Prompt {
  const told: Prompt = system === '' ? [] : [{ role: 'system', content: system }];
  return [...told, ...turns.map(toMessage)];
}

function toMessage(turn: RecalledTurn): Prompt[number] {
  switch (turn.role) {
    case 'user':
      return { role: 'user', content: turn.content.map(toContent) };
    case 'assistant':
      return { role: 'assistant', content: [...turn.content] as Said };
    case 'tool':
      return { role: 'tool', content: [...turn.content] };
  }
}

/** To them a picture is a file among others. */
function toContent(part: UserPart) {
  if (part.type !== 'image') return part;
  return { type: 'file' as const, data: part.image, mediaType: part.mediaType };
}

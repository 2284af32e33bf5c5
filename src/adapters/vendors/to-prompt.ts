import type { Conversation, Turn, UserPart } from '../../core/native-tools/conversation.ts';
import type { Model } from './open-model.ts';

type Prompt = Parameters<Model['doStream']>[0]['prompt'];

/** A conversation in the words of the packages that speak to vendors. */
export function toPrompt({ system, turns }: Conversation): Prompt {
  const told: Prompt = system === '' ? [] : [{ role: 'system', content: system }];
  return [...told, ...turns.map(toMessage)];
}

function toMessage(turn: Turn): Prompt[number] {
  switch (turn.role) {
    case 'user':
      return { role: 'user', content: turn.content.map(toContent) };
    case 'assistant':
      return { role: 'assistant', content: [...turn.content] };
    case 'tool':
      return { role: 'tool', content: [...turn.content] };
  }
}

/** To them a picture is a file among others. */
function toContent(part: UserPart) {
  if (part.type !== 'image') return part;
  return { type: 'file' as const, data: part.image, mediaType: part.mediaType };
}

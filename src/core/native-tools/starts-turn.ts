import { blocksOf, type MessagesBody } from './messages-body.ts';

/** Somebody has said something new, and it is not a tool that answers. */
export function startsTurn({ messages }: Pick<MessagesBody, 'messages'>): boolean {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return !messages
    .slice(last + 1)
    .some(({ content }) => blocksOf(content).some(({ type }) => type === 'tool_result'));
}

/**
 * By which id is a call known from now on?
 *
 * Claude may be asked of the same conversation at any step, and takes only ids of these characters, each once. Some
 * models count their calls from nought in every step, or name them with dots and colons.
 */
import { blocksOf, type Message } from './messages-body.ts';

const FIT = /^[a-zA-Z0-9_-]{1,64}$/;

/** The model's own id where it will do. `spare`: the beginning of ids that nobody has. */
export function nameCalls(messages: readonly Message[], spare: string): (id: string) => string {
  const taken = new Set(messages.flatMap(callsIn));
  return (id) => {
    const name = FIT.test(id) && !taken.has(id) ? id : `${spare}_${taken.size}`;
    taken.add(name);
    return name;
  };
}

function callsIn({ role, content }: Message): readonly string[] {
  if (role !== 'assistant') return [];
  return blocksOf(content).flatMap(({ type, id }) => (type === 'tool_use' ? [String(id)] : []));
}

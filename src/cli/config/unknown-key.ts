import { CommandError } from '../command-error.ts';
import type { Messages } from '../messages.ts';

export function unknownKey(key: string, suggestion: string | undefined, m: Messages): CommandError {
  const message = m.usage.unknownKey(key, suggestion === undefined ? [] : [suggestion]);
  return new CommandError({ code: 'unknown-key', exit: 'usage', message });
}

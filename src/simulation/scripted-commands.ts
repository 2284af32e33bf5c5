// Scripts the main conversation of a real Claude Code session that works by shell commands, one after the other.

import type { Answer } from './answer.ts';
import type { JournaledRequest } from './journaled-request.ts';
import { isConductor } from './scripted-conductor.ts';
import type { SimulatedProvider } from './simulated-provider.ts';

export interface CommandScript {
  /** The next command, by what the ones before have printed; `undefined`: there is none, and the answer is final. */
  readonly next: (outputs: readonly string[]) => string | undefined;
  /** Left out: what the last command has printed. */
  readonly finalAnswer?: (outputs: readonly string[]) => string;
}

/** Returns the removal of the script. */
export function scriptCommands(anthropic: SimulatedProvider, script: CommandScript): () => void {
  return anthropic.on({ when: isConductor, answer: (request) => conduct(request, script) });
}

function conduct({ turns }: JournaledRequest, { next, finalAnswer }: CommandScript): Answer {
  const outputs = turns.filter(({ role }) => role === 'tool').map(({ text }) => text);
  const command = next(outputs);
  if (command === undefined) return { text: finalAnswer?.(outputs) ?? outputs.at(-1) ?? '' };
  const input = { command, description: command.split('\n', 1)[0] ?? '', timeout: 600_000 };
  return { toolUses: [{ name: 'Bash', input }] };
}

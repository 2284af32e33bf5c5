/** What models thought before their calls, sealed by their vendors: in memory alone, never logged, and not too much. */
import type { KeptReasoning } from '../../core/native-tools/recall-reasoning.ts';

export type ReasoningMemory = {
  find(toolCallId: string): KeptReasoning | undefined;
  keep(toolCallId: string, kept: KeptReasoning): void;
};

/** Characters, of all subagents: a long step of one takes some ten thousand. */
const MOST_CHARS = 32 * 1024 * 1024;

/** The oldest is forgotten first. A conversation goes on without it, a little less well. */
export function createReasoningMemory(mostChars = MOST_CHARS): ReasoningMemory {
  const memory = new Map<string, { readonly kept: KeptReasoning; readonly chars: number }>();
  let total = 0;
  const forget = (id: string): void => {
    total -= memory.get(id)?.chars ?? 0;
    memory.delete(id);
  };
  return {
    find: (id) => memory.get(id)?.kept,
    keep: (id, kept) => {
      forget(id);
      const chars = JSON.stringify(kept).length;
      memory.set(id, { kept, chars });
      total += chars;
      for (const oldest of memory.keys()) {
        if (total <= mostChars) break;
        forget(oldest);
      }
    },
  };
}

/**
 * Puts parts in the order that every vendor takes: calls, then at once a result for each of them, then what else was
 * said meanwhile. Nothing said is lost; a call that was never answered gets a result that says so.
 */
import type { ToolCallPart, ToolResultPart, Turn, UserPart } from './conversation.ts';
import type { ReadPart, ReadResult } from './read-block.ts';

export type Turns = {
  /** The model. */
  speak(parts: readonly ReadPart[]): void;
  /** Everybody else. */
  hear(parts: readonly ReadPart[]): void;
  end(): readonly Turn[];
};

const UNANSWERED = '[No result: the call was interrupted.]';

export function startTurns(): Turns {
  const turns: Turn[] = [];
  let open = new Map<string, ToolCallPart>();
  let results: ToolResultPart[] = [];
  let waiting: UserPart[] = [];

  const settle = (): void => {
    for (const call of open.values()) results.push(resultOf(call, { isError: true, text: UNANSWERED }));
    open = new Map();
    if (results.length > 0) turns.push({ role: 'tool', content: results });
    if (waiting.length > 0) turns.push({ role: 'user', content: waiting });
    [results, waiting] = [[], []];
  };

  const take = (result: ReadResult): void => {
    const call = open.get(result.id);
    if (call === undefined) {
      waiting.push({ type: 'text', text: `[Result of an earlier call]\n${result.text}` });
    } else {
      open.delete(result.id);
      results.push(resultOf(call, result));
    }
    waiting.push(...result.shown);
  };

  return {
    speak: (parts) => {
      settle();
      const content = parts.filter((part) => part.type === 'text' || part.type === 'tool-call');
      if (content.length === 0) return;
      turns.push({ role: 'assistant', content });
      open = new Map(content.flatMap((part) => (part.type === 'tool-call' ? [[part.toolCallId, part]] : [])));
    },
    hear: (parts) => {
      for (const part of parts) {
        if (part.type === 'result') take(part);
        else if (part.type !== 'tool-call') waiting.push(part);
      }
      if (open.size === 0) settle();
    },
    end: () => {
      settle();
      return turns;
    },
  };
}

function resultOf(
  { toolCallId, toolName }: ToolCallPart,
  { isError, text }: Pick<ReadResult, 'isError' | 'text'>,
): ToolResultPart {
  const type = isError ? 'error-text' : 'text';
  return { type: 'tool-result', toolCallId, toolName, output: { type, value: text } };
}

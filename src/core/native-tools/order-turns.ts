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

const UNANSWERED = { isError: true, text: '[No result: the call was interrupted.]' };

export function startTurns(): Turns {
  const turns: Turn[] = [];
  let calls: readonly ToolCallPart[] = [];
  let results = new Map<string, ReadResult>();
  let waiting: UserPart[] = [];

  const settle = (): void => {
    // In the order of the calls: some vendors tell calls of the same tool apart by nothing else.
    const content = calls.map((call) => resultOf(call, results.get(call.toolCallId) ?? UNANSWERED));
    const shown = calls.flatMap((call) => results.get(call.toolCallId)?.shown ?? []);
    const heard = [...shown, ...waiting];
    if (content.length > 0) turns.push({ role: 'tool', content });
    if (heard.length > 0) turns.push({ role: 'user', content: heard });
    calls = [];
    results = new Map();
    waiting = [];
  };

  const take = (result: ReadResult): void => {
    const isAwaited = calls.some(({ toolCallId }) => toolCallId === result.id) && !results.has(result.id);
    if (isAwaited) results.set(result.id, result);
    else waiting.push({ type: 'text', text: `[Result of an earlier call]\n${result.text}` }, ...result.shown);
  };

  return {
    speak: (parts) => {
      settle();
      const content = parts.filter((part) => part.type === 'text' || part.type === 'tool-call');
      if (content.length === 0) return;
      turns.push({ role: 'assistant', content });
      calls = content.filter((part) => part.type === 'tool-call');
    },
    hear: (parts) => {
      for (const part of parts) {
        if (part.type === 'result') take(part);
        else if (part.type !== 'tool-call') waiting.push(part);
      }
      if (results.size === calls.length) settle();
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

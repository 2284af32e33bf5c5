/**
 * A model's answer, as the events in which Claude Code hears its own model.
 *
 * Never a thinking block: it would be kept, and go back to its own vendor without the signature that it asks for.
 * The usage is nought: Claude Code would price it as Claude's.
 */

import { nameCalls } from './call-ids.ts';
import type { Message } from './messages-body.ts';

/** What a model says in one step, piece by piece. */
export type StepPart =
  | { readonly type: 'text'; readonly text: string }
  /** It works on something that is told later, as a whole. */
  | { readonly type: 'alive' }
  | {
      readonly type: 'tool-call';
      readonly toolCallId: string;
      readonly toolName: string;
      readonly input: unknown;
    };

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'refusal';

export type MessagesEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

export type MessagesStream = {
  begin(): readonly MessagesEvent[];
  write(part: StepPart): readonly MessagesEvent[];
  /** `finish`: why the model stopped, in the AI SDK's words. */
  end(finish: string): readonly MessagesEvent[];
};

const NO_USAGE = {
  input_tokens: 0,
  output_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
};

/** `model`: the one that was asked for; another name would change how Claude Code asks. `messages`: what it was told. */
export function startMessagesStream({
  id,
  model,
  messages = [],
}: {
  readonly id: string;
  readonly model: string;
  readonly messages?: readonly Message[];
}): MessagesStream {
  const nameCall = nameCalls(messages, id);
  let index = -1;
  let inText = false;
  let called = false;

  const open = (content_block: object): MessagesEvent => {
    index += 1;
    return { type: 'content_block_start', index, content_block };
  };
  const delta = (change: object): MessagesEvent => ({ type: 'content_block_delta', index, delta: change });
  const close = (): MessagesEvent => ({ type: 'content_block_stop', index });
  const closeText = (): readonly MessagesEvent[] => {
    if (!inText) return [];
    inText = false;
    return [close()];
  };

  return {
    begin: () => {
      const rest = { content: [], stop_reason: null, stop_sequence: null, usage: NO_USAGE };
      return [{ type: 'message_start', message: { id, type: 'message', role: 'assistant', model, ...rest } }];
    },
    write: (part) => {
      if (part.type === 'alive') return [{ type: 'ping' }];
      if (part.type === 'text') {
        if (part.text === '') return [];
        const begun = inText ? [] : [open({ type: 'text', text: '' })];
        inText = true;
        return [...begun, delta({ type: 'text_delta', text: part.text })];
      }
      called = true;
      const { toolCallId, toolName, input } = part;
      return [
        ...closeText(),
        open({ type: 'tool_use', id: nameCall(toolCallId), name: toolName, input: {} }),
        delta({ type: 'input_json_delta', partial_json: JSON.stringify(inputOf(input)) }),
        close(),
      ];
    },
    end: (finish) => [
      ...closeText(),
      {
        type: 'message_delta',
        delta: { stop_reason: called ? 'tool_use' : stopReasonOf(finish), stop_sequence: null },
        usage: NO_USAGE,
      },
      { type: 'message_stop' },
    ],
  };
}

/** As server-sent events. Those that come together are sent together: whoever reads them wakes up once. */
export function encodeEvents(...events: readonly MessagesEvent[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}

/** What is no object is refused by the tool, in the words that its model knows. */
function inputOf(input: unknown): object {
  return typeof input === 'object' && input !== null ? input : {};
}

function stopReasonOf(finish: string): StopReason {
  if (finish === 'length') return 'max_tokens';
  return finish === 'content-filter' ? 'refusal' : 'end_turn';
}

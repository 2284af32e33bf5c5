/** How long does a request of 700 KB take in the daemon: read, checked and translated, as each step has it done? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toConversation } from '../../src/core/native-tools/to-conversation.ts';
import { messagesBodySchema } from '../../src/protocol/model-request.ts';
import { timeCallsNs } from '../time-calls.ts';

const RECORDED = 'test/fixtures/requests/last.json';
const BODY_CHARS = 700_000;

export type Translator = {
  readonly bodyChars: number;
  readonly readMs: number;
  readonly translateMs: number;
  readonly charsPerSecond: number;
};

export function measureTranslator(): Translator {
  const text = longRequest();
  const body = messagesBodySchema.parse(JSON.parse(text));
  const readMs = timeCallsNs(() => messagesBodySchema.parse(JSON.parse(text)).model) / 1e6;
  const translateMs = timeCallsNs(() => toConversation(body, 'GPT-5.2').system) / 1e6;
  return {
    bodyChars: text.length,
    readMs: hundredth(readMs),
    translateMs: hundredth(translateMs),
    charsPerSecond: Math.round(text.length / ((readMs + translateMs) / 1_000)),
  };
}

/** The recorded conversation, said again and again. */
function longRequest(): string {
  const file = join(process.env.OMCM_ROOT ?? process.cwd(), RECORDED);
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as { messages: readonly object[] };
  const once = JSON.stringify(recorded.messages).length;
  const times = Math.ceil(BODY_CHARS / once);
  const messages = Array.from({ length: times }, () => recorded.messages).flat();
  return JSON.stringify({ ...recorded, messages });
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}

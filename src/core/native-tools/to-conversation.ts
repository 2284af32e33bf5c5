/**
 * Claude Code's request, for another model.
 *
 * Left out: thinking (signed for its own vendor), what Claude Code says about itself to its vendor, tools without a
 * schema, and marks for caches. What says which model answers says the truth.
 */
import type { Conversation, Tool, Turn } from './conversation.ts';
import { blocksOf, type MessagesBody, type OfferedTool, type ToolChoice } from './messages-body.ts';
import { nameTruly, nameTrulyInReminders } from './name-truly.ts';
import { startTurns } from './order-turns.ts';
import { readBlock, textOf } from './read-block.ts';

/** Stands for tools that are not offered yet; it cannot be called. */
const PLACEHOLDER = 'DeferredToolPlaceholder';

/** To its vendor's server, and about who is served: neither is so here. */
const FOR_THE_VENDOR = /^(?:x-anthropic-|You are a Claude agent, built on\b)/;

/** `answerer`: the name of the model that is asked, for people. */
export function toConversation(body: MessagesBody, answerer: string): Conversation {
  const system = blocksOf(body.system)
    .map(textOf)
    .filter((text) => text !== '' && !FOR_THE_VENDOR.test(text));
  return {
    system: nameTruly(system.join('\n\n'), answerer),
    turns: toTurns(body, answerer),
    tools: (body.tools ?? []).flatMap((tool) => toTool(tool, answerer)),
    toolChoice: toToolChoice(body.tool_choice),
  };
}

function toTurns({ messages }: MessagesBody, answerer: string): readonly Turn[] {
  const turns = startTurns();
  for (const { role, content } of messages) {
    const parts = blocksOf(content).flatMap((block) => readBlock(block));
    if (role === 'assistant') turns.speak(parts);
    else turns.hear(parts.map((part) => reword(part, role, answerer)));
  }
  return turns.end();
}

type Part = ReturnType<typeof readBlock>[number];

/** What the harness says in between is the user's to this model, marked as Claude Code marks it. */
function reword(part: Part, role: 'user' | 'system', answerer: string): Part {
  if (part.type !== 'text') return part;
  if (role === 'user') return { ...part, text: nameTrulyInReminders(part.text, answerer) };
  return { ...part, text: `<system-reminder>\n${nameTruly(part.text, answerer)}\n</system-reminder>` };
}

function toTool(
  { name, description = '', input_schema: schema }: OfferedTool,
  answerer: string,
): readonly Tool[] {
  if (schema === undefined || name === PLACEHOLDER) return [];
  return [{ name, description: nameTruly(description, answerer), schema }];
}

function toToolChoice(choice: ToolChoice | undefined): Conversation['toolChoice'] {
  switch (choice?.type) {
    case 'any':
      return 'required';
    case 'none':
      return 'none';
    case 'tool':
      return choice.name === undefined ? 'required' : { tool: choice.name };
    default:
      return 'auto';
  }
}

import type { ContentBlock } from '@agentclientprotocol/sdk';

const INSTRUCTIONS = 'Your standing instructions, as the agent that does the task below:\n\n';
const TASK = 'The task:';

/**
 * What a prompt consists of. The task is a block of its own, so that it arrives as it is. A prompt that begins with
 * a slash is a command to OpenCode, and one that it does not know is dropped without a word: then a block of ours
 * comes first.
 */
export function promptBlocks(prompt: string, instructions: string | null): ContentBlock[] {
  const task = text(prompt);
  if (instructions !== null && instructions.trim() !== '')
    return [text(`${INSTRUCTIONS}${instructions}\n\n${TASK}\n`), task];
  return prompt.trimStart().startsWith('/') ? [text(`${TASK}\n`), task] : [task];
}

function text(content: string): ContentBlock {
  return { type: 'text', text: content };
}

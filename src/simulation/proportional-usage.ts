import type { Answer, Usage } from './answer.ts';

/** Four characters a token: the usual rule of thumb, the same for every vendor, so that sums compare. */
const CHARS_PER_TOKEN = 4;

export function proportionalUsage(bodyChars: number, answer: Answer): Usage {
  const toolChars = (answer.toolUses ?? []).map((use) => JSON.stringify(use.input).length + use.name.length);
  const outputChars = toolChars.reduce((sum, chars) => sum + chars, answer.text?.length ?? 0);
  return { input: tokensOf(bodyChars), output: tokensOf(outputChars) };
}

function tokensOf(chars: number): number {
  return Math.ceil(chars / CHARS_PER_TOKEN);
}

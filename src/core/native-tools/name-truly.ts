const POWERED = /You are powered by [^\n]*/g;
const CO_AUTHOR = /Co-Authored-By: Claude[^\n<]*<[^>\n]*>/g;

/** Claude Code says which Claude answers, in its prompt and in what commits are to be signed with. */
export function nameTruly(text: string, answerer: string): string {
  return text
    .replace(POWERED, () => `You are powered by the model named ${answerer}.`)
    .replace(CO_AUTHOR, () => `Co-Authored-By: ${answerer}`);
}

// Which model answers? Claude Code names its own: in its prompts, in reminders, in what commits are to be signed with.

/** To the end of the line, where its id and the time of its knowledge stand. */
const POWERED = /You are powered by the model[^\n]*/g;
/** To who leads a session; a subagent is told that it works for it. */
const IS_CLAUDE_CODE = /You are Claude Code, (?=Anthropic's official CLI)/g;
const CO_AUTHOR = /Co-Authored-By: Claude\b[^\n<]*(?:<[^>\n]*>)?/g;
const [OPENED, CLOSED] = ['<system-reminder>', '</system-reminder>'];

/** In what Claude Code says itself. */
export function nameTruly(text: string, answerer: string): string {
  return text
    .replace(POWERED, () => `You are powered by the model named ${answerer}.`)
    .replace(IS_CLAUDE_CODE, () => `You are ${answerer}, at work in Claude Code, `)
    .replace(CO_AUTHOR, () => `Co-Authored-By: ${answerer}`);
}

/** In what it says between the words of others, which stay as they are. */
export function nameTrulyInReminders(text: string, answerer: string): string {
  let said = '';
  let at = 0;
  for (;;) {
    const from = text.indexOf(OPENED, at);
    const end = from === -1 ? -1 : text.indexOf(CLOSED, from);
    if (end === -1) return said + text.slice(at);
    said += text.slice(at, from) + nameTruly(text.slice(from, end), answerer);
    at = end;
  }
}

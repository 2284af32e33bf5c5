// Does this prompt say that another model may go on in Claude's place, or that none may? It has to be all that is said.

import type { RescueWord } from './rescue-standing.ts';

const ON = '(?:on|켜|켜\\s?줘|켜기)';
const OFF = '(?:off|꺼|꺼\\s?줘|끄기)';
const SAID = new RegExp(`^(?:/omcm:rescue|(?:omcm\\s+)?rescue)\\s+(?:(${ON})|${OFF})\\s*[.!]*$`, 'iu');

export function asksForRescue(prompt: string): RescueWord | null {
  // Some systems type Korean in parts that look like whole letters.
  const found = SAID.exec(prompt.normalize('NFC').trim());
  if (found === null) return null;
  return found[1] === undefined ? 'off' : 'on';
}

// Does this prompt ask for something of the session, or does it only speak of it?
//
//   hulw refactor X and Y      the word comes first and stands alone: it starts the mode, the rest is the task
//   stop                       the word is all there is: it ends the mode, and what runs
//   /omcm:hulw refactor X      the same, as a command
//
// Whoever writes about a word puts it into a sentence, into quotes or into code. So nothing is looked for inside.

import { SESSION_MODES, type SessionMode } from './session-mode.ts';

export type SessionRequest =
  | { readonly kind: 'start'; readonly mode: SessionMode }
  | { readonly kind: 'stop' };

const STOP: SessionRequest = { kind: 'stop' };

/** By the plugin's commands; the modes' are the words themselves. */
const COMMANDS: ReadonlyMap<string, SessionRequest> = new Map<string, SessionRequest>([
  ...SESSION_MODES.map((mode) => [mode, { kind: 'start', mode }] as const),
  ['cancel-autopilot', STOP],
]);

const MODE = `(${SESSION_MODES.join('|')})`;
const END = '(stop|cancel|중단|취소)';
const PLEASE = '(?:\\s*(?:해|해\\s?줘|해\\s?주세요|하세요))?';

/** Not followed by what makes it a part of something else: `hulw.ts`, `hulw가`, `autopilot(…)`, `ulw?` */
const STARTS = new RegExp(`^${MODE}(?:\\s*[:,]\\s*|\\s+|$)`, 'iu');
const STOPS = new RegExp(`^(?:${END}(?:\\s+${MODE})?|${MODE}\\s+${END})${PLEASE}\\s*[.!]*$`, 'iu');

/** `hulw mode` and `hulw on` ask for it; `hulw mode is broken` says something about it. */
const SWITCHES = /^(?:(?:mode|모드)\s*)?(?:on|켜|켜\s?줘|시작)?[.!]*$/iu;
const ABOUT =
  /^(?:mode|modes|keyword|skill|command|feature|is|isn't|was|wasn't|are|does|doesn't|did|didn't|has|hasn't|should|vs|or|and|(?:모드|키워드|스킬|명령어?|기능)(?:은|는|이|가|을|를|의|란|에서)?|이란|란|은|는|을|를|의|와|과)(?![\p{L}\p{N}])/iu;
/** What an expression goes on with, and a sentence does not. */
const CODE = /^(?:[=(){}<>;|&+*.?!%^\\]|-?-[>\w])/u;

export function findSessionRequest(prompt: string): SessionRequest | null {
  // Some systems type Korean in parts that look like whole letters.
  const text = prompt.normalize('NFC').trim();
  if (text.startsWith('/')) return findCommand(text);
  if (STOPS.test(text)) return STOP;
  const found = STARTS.exec(text);
  if (found === null) return null;
  const rest = text.slice(found[0].length).trimStart();
  if (!SWITCHES.test(rest) && (ABOUT.test(rest) || CODE.test(rest))) return null;
  return COMMANDS.get(found[1]?.toLowerCase() ?? '') ?? null;
}

function findCommand(text: string): SessionRequest | null {
  const [, name = ''] = /^\/omcm:([a-z-]+)(?=\s|$)/.exec(text) ?? [];
  return COMMANDS.get(name) ?? null;
}

/** The keys in what a terminal sends: arrows and others come as sequences, several at once after a burst. */
const NAMED: readonly (readonly [string, string])[] = [
  ['\u001B[A', 'up'],
  ['\u001BOA', 'up'],
  ['\u001B[B', 'down'],
  ['\u001BOB', 'down'],
  ['\u0003', 'ctrl-c'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\u007F', 'backspace'],
  ['\b', 'backspace'],
];

const OTHER_SEQUENCE = /^\p{Cc}(\[[0-?]*[ -/]*[@-~]|O.)/u;

export function readKeys(text: string): readonly string[] {
  const keys: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const named = NAMED.find(([sequence]) => rest.startsWith(sequence));
    if (named !== undefined) {
      keys.push(named[1]);
      rest = rest.slice(named[0].length);
      continue;
    }
    const [sequence] = rest.startsWith('\u001B') ? (OTHER_SEQUENCE.exec(rest) ?? []) : [];
    if (sequence !== undefined) {
      rest = rest.slice(sequence.length);
      continue;
    }
    const [letter = ''] = rest;
    if (letter === '\u001B') keys.push('escape');
    else if (!/\p{Cc}/u.test(letter)) keys.push(letter);
    rest = rest.slice(letter.length);
  }
  return keys;
}

// Data goes to stdout, talk to stderr. `--json` makes the data one JSON value, `--quiet` ends the talk.
import type { Environment } from '../adapters/files/paths.ts';
import { type Colours, coloursFor } from './colours.ts';

export type OutputSettings = { readonly json?: boolean; readonly quiet?: boolean };

export type Output = {
  /** What was asked for: JSON for scripts, or the text for people. An empty text prints nothing. */
  result(json: unknown, text: () => string): void;
  /** A piece of data as it comes, without a line break of its own. */
  write(text: string): void;
  /** Not to scripts, and not to those who want it quiet. */
  say(text: string): void;
  /** Told to everybody. */
  complain(text: string): void;
  readonly colours: Colours;
  readonly talkColours: Colours;
  readonly dataOnTerminal: boolean;
  readonly talkOnTerminal: boolean;
};

type Stream = { readonly isTTY?: boolean; write(text: string): unknown };

export type OutputStreams = { readonly stdout: Stream; readonly stderr: Stream };

export function createOutput(
  { stdout, stderr }: OutputStreams,
  env: Environment,
  settings: () => OutputSettings,
): Output {
  const complain = (text: string) => void stderr.write(`${text}\n`);
  return {
    result: (json, text) => {
      const said = settings().json ? JSON.stringify(json, null, 2) : text();
      if (said !== '') stdout.write(`${said}\n`);
    },
    write: (text) => void stdout.write(text),
    say: (text) => (settings().quiet || settings().json ? undefined : complain(text)),
    complain,
    colours: coloursFor(stdout, env),
    talkColours: coloursFor(stderr, env),
    dataOnTerminal: stdout.isTTY === true,
    talkOnTerminal: stderr.isTTY === true,
  };
}

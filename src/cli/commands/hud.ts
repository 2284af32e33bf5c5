/** `omcm hud`: the status line. Claude Code gives it JSON on stdin; in a terminal it shows what there is without. */
import { composeStatusLine } from '../../client/compose-status-line.ts';
import type { Cli } from '../cli.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';

export const defineHud: DefineCommand = (command, cli) => {
  const { hud: text } = cli.m;
  command
    .option('--wrap <command>', text.optionWrap)
    .action((options: { wrap?: string }) => showHud(cli, options));
  addExamples(command, cli, [
    ['omcm hud', text.examplePlain],
    ["omcm hud --wrap 'my-status-line --short'", text.exampleWrap],
    ['omcm config set hud.preset seed', text.examplePreset],
  ]);
};

async function showHud({ env, paths, output }: Cli, { wrap }: { readonly wrap?: string }): Promise<void> {
  const text = process.stdin.isTTY ? '' : await readAll();
  const now = Date.now();
  const line = await composeStatusLine({ text, said: parse(text), env, paths, wrap, now });
  output.result({ line }, () => line);
}

async function readAll(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

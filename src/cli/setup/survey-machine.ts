/** What is there already: the programs, what OpenCode has connected, and what Claude Code's files say. */
import type { Cli } from '../cli.ts';
import { loadHere } from '../config/load-here.ts';
import { type ClaudeSetup, readClaudeSetup } from '../doctor/claude-setup.ts';
import { type FoundProgram, findPath, findProgram } from '../doctor/find-program.ts';
import { placesOf } from './places.ts';
import { runProgram } from './run-program.ts';
import { readBytes } from './user-file.ts';

export type Machine = {
  readonly claude: FoundProgram | null;
  readonly opencode: FoundProgram | null;
  readonly hasOmc: boolean;
  /** With a shell to call it from. */
  readonly hasCurl: boolean;
  /** As OpenCode calls them; `null` where it could not be asked. */
  readonly providers: readonly string[] | null;
  readonly claudeSetup: ClaudeSetup;
  /** Claude Code's settings as they stand there; `null` where there are none. */
  readonly settings: string | null;
  readonly marketplaces: string | null;
};

const MODELS_MS = 20_000;
/** OpenCode's own trial provider is always there. */
const ALWAYS_THERE = 'opencode';

export async function surveyMachine(cli: Cli, directory: string): Promise<Machine> {
  const { env } = cli;
  const places = placesOf(cli);
  const { command, args } = (await loadHere(cli, { directory })).config.opencode;
  const [claude, opencode, curl, claudeSetup, settings, marketplaces] = await Promise.all([
    findProgram('claude', env),
    findProgram(command, env, args),
    process.platform === 'win32' ? null : findPath('curl', env),
    readClaudeSetup(env, directory),
    readBytes(places.settings),
    readBytes(places.marketplaces),
  ]);
  return {
    claude,
    opencode,
    hasOmc: claudeSetup.plugins.some((key) => /^oh-my-claude/.test(key)),
    hasCurl: curl !== null,
    // Not in the project: OpenCode would run the plugins that lie there.
    providers: opencode && (await askProviders([opencode.path, ...args], env, places.home)),
    claudeSetup,
    settings: settings?.toString('utf8') ?? null,
    marketplaces: marketplaces?.toString('utf8') ?? null,
  };
}

async function askProviders(
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<readonly string[] | null> {
  const end = await runProgram([program, ...args, 'models'], { env, cwd, timeoutMs: MODELS_MS });
  if (!end.ok) return null;
  const lines = end.stdout.split('\n').filter((line) => /^\S+\/\S+$/.test(line.trim()));
  const providers = new Set(lines.map((line) => line.trim().split('/')[0] ?? ''));
  providers.delete(ALWAYS_THERE);
  return [...providers];
}

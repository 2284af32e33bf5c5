/**
 * Does the plugin really come into play? One session of the user's own Claude Code, with his settings and plugins, in
 * which a simulated Claude calls one subagent. Nothing leaves the machine, and OMCM keeps it in a folder of its own.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Paths, resolveOwnPaths } from '../../adapters/files/paths.ts';
import { asObject, parseJson } from '../../simulation/json.ts';
import { type ProcessResult, runProcess } from '../../simulation/run-process.ts';
import { scriptConductor } from '../../simulation/scripted-conductor.ts';
import { type SimulatedProvider, startSimulatedProvider } from '../../simulation/simulated-provider.ts';
import type { Cli } from '../cli.ts';
import { stopDaemon } from '../daemon/stop-daemon.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const SESSION_MS = 60_000;
const LEAVES_MS = 15_000;
const SAID_CHARS = 300;
/** Ways to Claude that would pass the simulated one by. */
const OTHER_WAYS = ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'];

export type HooksProbe = { readonly claude: string; readonly directory: string };

export async function probeHooks({ env, m }: Cli, probe: HooksProbe): Promise<Finding> {
  const anthropic = await startSimulatedProvider('anthropic');
  const folder = mkdtempSync(join(tmpdir(), 'omcm-doctor-'));
  const paths = resolveOwnPaths({ ...env, OMCM_HOME: folder });
  const sessionId = randomUUID();
  try {
    mkdirSync(paths.configDir, { recursive: true, mode: 0o700 });
    // It is asked about each call and routes none: no OpenCode is started for it.
    writeFileSync(paths.userConfigFile, '{ "mode": "default" }\n');
    anthropic.on({ answer: { text: 'ok' } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'omcm doctor' }] }] });
    const session = await playSession(anthropic, env, { ...probe, folder, sessionId });
    return judge(anthropic, session, { askedBy: whoAsked(paths), m });
  } finally {
    await stopDaemon(paths.socketPath, { now: true, waitMs: LEAVES_MS });
    await anthropic.stop();
    removeTranscript(paths, sessionId);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    rmSync(paths.socketPath, { force: true });
  }
}

type Own = { readonly folder: string; readonly sessionId: string };

function playSession(
  anthropic: SimulatedProvider,
  env: NodeJS.ProcessEnv,
  { claude, directory, folder, sessionId }: HooksProbe & Own,
): Promise<ProcessResult> {
  const own = {
    ANTHROPIC_BASE_URL: anthropic.url,
    ANTHROPIC_API_KEY: 'omcm-doctor',
    ANTHROPIC_AUTH_TOKEN: '',
    OMCM_HOME: folder,
    ...Object.fromEntries(OTHER_WAYS.map((name) => [name, ''])),
  };
  return runProcess({
    command: claude,
    // What the user's settings say of the environment is stronger than the environment itself.
    args: [
      ...['-p', 'omcm doctor', '--output-format', 'stream-json', '--verbose', '--session-id', sessionId],
      ...['--allowedTools', 'Task,Agent', '--settings', JSON.stringify({ env: own })],
    ],
    cwd: directory,
    env: { ...env, ...own, CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
    timeoutMs: SESSION_MS,
  });
}

/** Without one (`--no-session-persistence`) Claude Code tells a mod nothing of a subagent's prompt. */
function removeTranscript({ claudeDir }: Paths, sessionId: string): void {
  const projects = join(claudeDir, 'projects');
  for (const project of foldersIn(projects))
    for (const name of [`${sessionId}.jsonl`, sessionId])
      rmSync(join(projects, project, name), { recursive: true, force: true });
}

function foldersIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

type Seen = { readonly askedBy: string | null; readonly m: Messages };

function judge(
  anthropic: SimulatedProvider,
  { exitCode, stderr }: ProcessResult,
  { askedBy, m: { doctor } }: Seen,
): Finding {
  if (askedBy === 'mod') return ok('hooks', doctor.hooks());
  if (askedBy !== null) return warn('hooks', doctor.hooksSecondWay(), doctor.hooksSecondWayRemedy());
  if (exitCode === 0 && anthropic.journal().length > 0)
    return fail('hooks', doctor.hooksSilent(), doctor.hooksSilentRemedy());
  const said = printableText(stderr.trim().slice(-SAID_CHARS));
  return fail('hooks', doctor.hooksNoSession(said), doctor.hooksNoSessionRemedy());
}

/** By the line that the daemon, or a hook without one, has written about the call. */
function whoAsked({ routingLogFile }: Paths): string | null {
  try {
    const [line = ''] = readFileSync(routingLogFile, 'utf8').split('\n');
    const { askedBy } = asObject(parseJson(line));
    return typeof askedBy === 'string' ? askedBy : null;
  } catch {
    return null;
  }
}

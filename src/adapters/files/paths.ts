// Where everything of ours lies. OMCM_HOME first, then XDG where set, else ~/.omcm.
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

export type Paths = {
  readonly stateDir: string;
  readonly configDir: string;
  readonly userConfigFile: string;
  /** Claude Code's own folder. */
  readonly claudeDir: string;
  /** Claude Code's login, where it keeps it in a file. */
  readonly claudeCredentialsFile: string;
  /** The place that the seed names, inside Claude Code's own folder. */
  readonly seedConfigFile: string;
  readonly logsDir: string;
  readonly resultsDir: string;
  readonly runsDir: string;
  readonly handoffDir: string;
  readonly endpointFile: string;
  /** A unix socket's path, or a named pipe on Windows. Its folder may not exist yet. */
  readonly socketPath: string;
  readonly fusionStateFile: string;
  readonly fallbackStateFile: string;
  readonly providerLimitsFile: string;
  readonly sessionModesFile: string;
  readonly routingLogFile: string;
  readonly outcomeLogFile: string;
  readonly trustFile: string;
  readonly consentFile: string;
  readonly metricsFile: string;
  /** What who asks for /metrics over a port has to show. */
  readonly metricsTokenFile: string;
  readonly claudeUsageFile: string;
  readonly hudFile: string;
};

export type Environment = Readonly<Record<string, string | undefined>>;

export type PathsInput = {
  readonly env: Environment;
  readonly home: string;
  readonly platform: string;
  readonly tmpDir: string;
  /** null where users have no number. */
  readonly uid: number | null;
};

/** sun_path holds 104 bytes on macOS and 108 on Linux; a longer one is cut or refused. */
const MAX_SOCKET_BYTES = 100;

export function resolvePaths(input: PathsInput): Paths {
  const { join } = pathModule(input);
  const stateDir = resolveBase(input, 'XDG_STATE_HOME');
  const configDir = resolveBase(input, 'XDG_CONFIG_HOME');
  return {
    stateDir,
    configDir,
    userConfigFile: join(configDir, 'config.json'),
    claudeDir: claudeDir(input),
    claudeCredentialsFile: join(claudeDir(input), '.credentials.json'),
    seedConfigFile: join(claudeDir(input), 'plugins', 'omcm', 'config.json'),
    logsDir: join(stateDir, 'logs'),
    resultsDir: join(stateDir, 'results'),
    runsDir: join(stateDir, 'runs'),
    handoffDir: join(stateDir, 'handoff'),
    endpointFile: join(stateDir, 'omcmd.json'),
    socketPath: resolveSocketPath(stateDir, input),
    fusionStateFile: join(stateDir, 'fusion-state.json'),
    fallbackStateFile: join(stateDir, 'fallback-state.json'),
    providerLimitsFile: join(stateDir, 'provider-limits.json'),
    sessionModesFile: join(stateDir, 'session-modes.json'),
    routingLogFile: join(stateDir, 'routing-log.jsonl'),
    outcomeLogFile: join(stateDir, 'task-outcomes.jsonl'),
    trustFile: join(stateDir, 'trusted-folders.json'),
    consentFile: join(stateDir, 'vendor-consents.json'),
    metricsFile: join(stateDir, 'metrics.json'),
    metricsTokenFile: join(stateDir, 'metrics-token'),
    claudeUsageFile: join(stateDir, 'claude-usage.jsonl'),
    hudFile: join(stateDir, 'hud.json'),
  };
}

/** The paths of the user that runs this process. */
export function resolveOwnPaths(env: Environment): Paths {
  const windows = process.platform === 'win32';
  return resolvePaths({
    env,
    home: env.HOME || homedir(),
    platform: process.platform,
    // Not TMPDIR: Claude Code and its sandbox change it, and every client must find the same socket.
    tmpDir: windows ? tmpdir() : '/tmp',
    uid: process.getuid?.() ?? null,
  });
}

export function projectConfigFile(projectDir: string): string {
  return path.join(projectDir, '.omcm', 'config.json');
}

function resolveBase(input: PathsInput, xdgName: 'XDG_STATE_HOME' | 'XDG_CONFIG_HOME'): string {
  const { join, isAbsolute } = pathModule(input);
  const own = input.env.OMCM_HOME;
  if (own) return resolveFromHome(own, input);
  const xdg = input.env[xdgName];
  // The XDG specification asks to ignore a relative path.
  return xdg && isAbsolute(xdg) ? join(xdg, 'omcm') : join(input.home, '.omcm');
}

function claudeDir(input: PathsInput): string {
  const configured = input.env.CLAUDE_CONFIG_DIR;
  return configured ? resolveFromHome(configured, input) : pathModule(input).join(input.home, '.claude');
}

/** Relative to the home, not to the working directory: clients in different folders must agree. */
function resolveFromHome(given: string, input: PathsInput): string {
  const { resolve } = pathModule(input);
  return resolve(input.home, given.replace(/^~(?=$|[\\/])/, '.'));
}

function resolveSocketPath(stateDir: string, input: PathsInput): string {
  if (input.platform === 'win32') return `\\\\.\\pipe\\omcm-${shortHash(stateDir.toLowerCase())}`;
  const { join } = path.posix;
  const direct = join(stateDir, 'omcmd.sock');
  if (Buffer.byteLength(direct) <= MAX_SOCKET_BYTES) return direct;
  const name = join(`omcm-${input.uid ?? 'user'}`, `${shortHash(stateDir)}.sock`);
  const short = join(input.tmpDir, name);
  return Buffer.byteLength(short) <= MAX_SOCKET_BYTES ? short : join('/tmp', name);
}

/** Loaded only where it is needed: hooks and status lines hardly ever do. */
function shortHash(text: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function pathModule({ platform }: PathsInput): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}

// A HOME of its own for the real `claude` and `opencode`, pointed at simulated providers, gone afterwards.

import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { claudeCredentials } from './claude-credentials.ts';
import { claudeSettings } from './claude-settings.ts';
import { openCodeConfig } from './opencode-config.ts';
import type { ProviderUrls } from './provider-urls.ts';
import { writeSampleProject } from './sample-project.ts';

export interface IsolatedHomeOptions {
  readonly providers: ProviderUrls;
  /** Where the folder is made; the system's temporary folder if left out. */
  readonly root?: string;
  /** First part of the folder's name, by which its owner can be told. */
  readonly prefix?: string;
  /** Last part of the HOME's path, e.g. one with spaces and Korean characters. */
  readonly name?: string;
  /** How Claude Code is logged in; with an API key if left out. */
  readonly login?: 'api-key' | 'subscription';
}

export interface IsolatedHome {
  readonly root: string;
  readonly home: string;
  readonly projectDir: string;
  /** The whole environment of a child: nothing of ours leaks in but what a program needs to start. */
  readonly env: (extra?: Readonly<Record<string, string>>) => NodeJS.ProcessEnv;
  readonly cleanup: () => void;
}

export function createIsolatedHome(options: IsolatedHomeOptions): IsolatedHome {
  const run = process.env.OMCM_TEST_RUN ?? randomBytes(4).toString('hex');
  const root = realpathSync(
    mkdtempSync(join(options.root ?? tmpdir(), `${options.prefix ?? 'omcm-test'}-${run}-`)),
  );
  const home = join(root, options.name ?? 'home');
  const projectDir = join(root, 'till');
  const temp = join(root, 'tmp');
  for (const folder of [home, projectDir, temp]) mkdirSync(folder, { recursive: true });
  const key = options.login === 'subscription' ? {} : { ANTHROPIC_API_KEY: 'sk-ant-test' };
  const env = (extra: Readonly<Record<string, string>> = {}) => ({
    ...baseEnv({ home, temp, run }),
    ...key,
    ANTHROPIC_BASE_URL: options.providers.anthropic.url,
    ...extra,
  });
  writeJson(join(home, '.claude.json'), claudeSettings(projectDir));
  if (options.login === 'subscription')
    writeJson(join(home, '.claude', '.credentials.json'), claudeCredentials(Date.now()));
  writeJson(join(home, '.config', 'opencode', 'opencode.json'), openCodeConfig(options.providers));
  // OpenCode installs its plugin kit in the background into every new HOME, 60 MB from the npm registry.
  writeFileSync(join(home, '.npmrc'), 'offline=true\n');
  writeSampleProject(projectDir, env());
  const cleanup = () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return { root, home, projectDir, env, cleanup };
}

function baseEnv(at: {
  readonly home: string;
  readonly temp: string;
  readonly run: string;
}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LANG: process.env.LANG ?? 'C.UTF-8',
    TERM: process.env.TERM ?? 'xterm-256color',
    HOME: at.home,
    USERPROFILE: at.home,
    TMPDIR: at.temp,
    CLAUDE_CODE_TMPDIR: at.temp,
    OMCM_TEST_RUN: at.run,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  };
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}

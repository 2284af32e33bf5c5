// The user's own HOME, login and providers, in a temporary project. Nothing of theirs is changed: the project's own
// settings switch OMCM off for the one session and on for the other.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectConfigFile } from '../../../adapters/files/paths.ts';
import type { IsolatedHome } from '../../../simulation/isolated-home.ts';
import { writeReferenceAgents } from '../../../simulation/reference-agents.ts';
import { writeSampleProject } from '../../../simulation/sample-project.ts';
import type { Cli } from '../../cli.ts';
import { addTrust, removeTrust } from '../../trust/change-trust.ts';
import { reportedClaudeTokens } from '../calls/compare-claude-tokens.ts';
import type { RunName } from '../calls/fault.ts';
import { livePrompt } from './live-prompt.ts';
import { resetProject } from './reset-project.ts';
import type { Stage } from './stage.ts';
import { taskSpending } from './task-spending.ts';

const TIMEOUT_MS = 20 * 60_000;
/** A session inside a session would take itself for a part of the outer one. */
const OF_AN_OUTER_SESSION = ['CLAUDECODE', 'CLAUDE_CODE_ENTRYPOINT', 'CLAUDE_PID', 'OMCM_MOD_PID'];

const SETTINGS: Readonly<Record<RunName, object>> = {
  without: { routing: { enabled: false } },
  with: { mode: 'fusion', routing: { enabled: true, autoDelegate: true } },
};

export async function openLiveStage(cli: Cli, binFolders: string): Promise<Stage> {
  const { paths } = cli;
  const home = openLiveHome(cli.env, binFolders);
  // The settings that the demo writes there would have to be trusted, as anybody's.
  await addTrust(cli, home.projectDir);
  const agentsDir = writeReferenceAgents(home.root);
  return {
    kind: 'live',
    home,
    paths,
    prompt: livePrompt,
    agentsDir,
    timeoutMs: TIMEOUT_MS,
    prepare: (run) => {
      resetProject(home);
      const file = projectConfigFile(home.projectDir);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(SETTINGS[run], null, 2)}\n`);
    },
    claudeTokens: (_run, { events }) => reportedClaudeTokens(events.map(({ event }) => event)),
    spending: async (_run, _call, decision) => taskSpending(paths.socketPath, decision),
    evidence: () => ({}),
    close: async (keep) => {
      if (keep) return;
      await removeTrust(cli, home.projectDir);
      home.cleanup();
    },
  };
}

function openLiveHome(env: NodeJS.ProcessEnv, binFolders: string): IsolatedHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'omcm-demo-live-')));
  const projectDir = join(root, 'till');
  const kept = Object.entries(env).filter(([name]) => !OF_AN_OUTER_SESSION.includes(name));
  const own = { ...Object.fromEntries(kept), PATH: binFolders };
  mkdirSync(projectDir);
  writeSampleProject(projectDir, own);
  return {
    root,
    home: env.HOME ?? '',
    projectDir,
    env: (extra = {}) => ({ ...own, ...extra }),
    cleanup: () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

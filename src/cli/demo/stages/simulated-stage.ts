// Simulated providers on loopback, a HOME that knows no others, and a script for the conductor.
import { mkdirSync, writeFileSync } from 'node:fs';
import { type Paths, resolvePaths } from '../../../adapters/files/paths.ts';
import type { IsolatedHome } from '../../../simulation/isolated-home.ts';
import { writeReferenceAgents } from '../../../simulation/reference-agents.ts';
import { referencePrompt, scriptReferenceWorkload } from '../../../simulation/reference-workload.ts';
import { type Simulation, startSimulation } from '../../../simulation/simulation.ts';
import { claudeTokensIn } from '../calls/compare-claude-tokens.ts';
import type { RunName } from '../calls/fault.ts';
import { type Journals, spendingOf } from '../calls/spending.ts';
import { resetProject } from './reset-project.ts';
import type { Stage } from './stage.ts';

const TIMEOUT_MS = 90_000;
const PREFIX = 'omcm-demo';

export async function openSimulatedStage(binFolders: string): Promise<Stage> {
  const simulation = await startSimulation({ prefix: PREFIX });
  try {
    return setStage(simulation, binFolders);
  } catch (error) {
    await simulation.stop();
    throw error;
  }
}

function setStage(simulation: Simulation, binFolders: string): Stage {
  const { providers } = simulation;
  const home = withPath(simulation.home, binFolders);
  const paths = pathsIn(home);
  mkdirSync(paths.configDir, { recursive: true, mode: 0o700 });
  writeFileSync(paths.userConfigFile, '{ "mode": "fusion" }\n');
  scriptReferenceWorkload(providers, home.projectDir);
  const agentsDir = writeReferenceAgents(home.root);

  const begun: Partial<Record<RunName, Journals>> = {};
  const journals = (): Journals => ({
    anthropic: providers.anthropic.journal(),
    openai: providers.openai.journal(),
    google: providers.google.journal(),
  });
  /** What came in between the beginning of this run and that of the next. */
  const journalsOf = (run: RunName): Journals =>
    between(begun[run], run === 'without' ? begun.with : undefined, journals());

  return {
    kind: 'simulated',
    home,
    paths,
    prompt: referencePrompt,
    agentsDir,
    timeoutMs: TIMEOUT_MS,
    prepare: (run) => {
      resetProject(home);
      begun[run] = journals();
    },
    claudeTokens: (run) => claudeTokensIn(journalsOf(run).anthropic),
    spending: async (run, call) => spendingOf(call, journalsOf(run)),
    evidence: () => ({ ...journals() }),
    close: (keep) => close(simulation, keep),
  };
}

function withPath(home: IsolatedHome, path: string): IsolatedHome {
  return { ...home, env: (extra = {}) => home.env({ PATH: path, ...extra }) };
}

/** Not from our own environment: OMCM_HOME and the like are the user's, and do not reach the simulated HOME. */
function pathsIn({ home }: IsolatedHome): Paths {
  const uid = process.getuid?.() ?? null;
  return resolvePaths({ env: {}, home, platform: process.platform, tmpDir: '/tmp', uid });
}

function between(from: Journals | undefined, to: Journals | undefined, all: Journals): Journals {
  const part = (name: keyof Journals) => all[name].slice(from?.[name].length ?? 0, to?.[name].length);
  return { anthropic: part('anthropic'), openai: part('openai'), google: part('google') };
}

async function close(simulation: Simulation, keep: boolean): Promise<void> {
  if (keep) await simulation.providers.stop();
  else await simulation.stop();
}

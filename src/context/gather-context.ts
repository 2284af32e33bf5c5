/** Collects the context of a session from the real places. What is missing or broken leaves its part empty. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWork } from '../adapters/files/delegated-work.ts';
import type { Paths } from '../adapters/files/paths.ts';
import { projectFolder, projectNotesSpec } from '../adapters/files/project-notes.ts';
import { providerLimitsSpec } from '../adapters/files/provider-limits.ts';
import { readSavedContext } from '../adapters/files/saved-context.ts';
import { readStateFile } from '../adapters/files/state-file.ts';
import { listRecentFiles } from '../adapters/git/list-recent-files.ts';
import type { Config } from '../core/config/schema.ts';
import { assembleContext } from '../core/context/assemble-context.ts';
import { listProjectDecisions } from '../core/context/list-project-decisions.ts';
import { todosOf } from '../core/context/transcript-digest.ts';
import type { WorkContext } from '../core/context/work-context.ts';
import { NO_READINGS, type QuotaReadings } from '../core/quota/reading.ts';
import { type Positions, readSession, type SessionPlace } from './read-session.ts';
import { createScrub } from './scrub.ts';
import { scrubValue } from './scrub-value.ts';

export type GatherParts = {
  readonly paths: Paths;
  readonly settings: Config['context'];
  readonly now: () => number;
  /** For who gathers the same sessions again and again. */
  readonly positions?: Positions;
  /** Left out: git is asked each time. */
  readonly listFiles?: typeof listRecentFiles;
};

/** Claude Code's and everybody's; the first is the one that OpenCode reads by itself where both are there. */
const INSTRUCTION_FILES = ['AGENTS.md', 'CLAUDE.md'] as const;

export async function gatherContext(
  place: SessionPlace,
  { paths, settings, now, positions, listFiles = listRecentFiles }: GatherParts,
): Promise<WorkContext> {
  const startedAt = now();
  const { directory } = place;
  const folder = projectFolder(paths.handoffDir, directory);
  const [session, git, projectDecisions, notes, quota] = await Promise.all([
    readSession(place, positions),
    listFiles(directory),
    readProjectDecisions(directory),
    readNotes(folder),
    readQuota(paths),
  ]);
  const { digest, todos } = session;
  const saved = digest.sessionId === null ? null : await readSavedContext(folder, digest.sessionId);
  const delegated = digest.sessionId === null ? [] : await readWork(folder, digest.sessionId);
  const { prompts, summary, decisions } = digest;
  // Before anything is cut: half a secret is found by nobody.
  const clean = await scrubValue(
    {
      digest: { prompts, summary, decisions },
      todos: todos ?? todosOf(digest),
      projectDecisions,
      notes,
    },
    await createScrub(directory),
  );
  const builtAt = now();
  const places = { git, quota, directory };
  const times = { builtAt, buildMs: builtAt - startedAt };
  const found = { ...clean, digest: { ...digest, ...clean.digest } };
  return assembleContext(
    {
      ...found,
      saved,
      ...places,
      ...times,
      delegated,
      delegatedDecisions: delegated.flatMap(({ agent, decisions: made }) =>
        made.map((text) => ({ agent, text })),
      ),
    },
    settings,
  );
}

async function readProjectDecisions(
  directory: string,
): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const found = await Promise.all(
    INSTRUCTION_FILES.map(async (file) => {
      const text = await readFile(join(directory, file), 'utf8').catch(() => '');
      return listProjectDecisions(text).map((decision) => ({ file, text: decision }));
    }),
  );
  return found.flat();
}

async function readNotes(folder: string): Promise<readonly string[]> {
  const read = await readStateFile(projectNotesSpec(folder));
  return read.kind === 'ok' ? read.value.map(({ text }) => text).reverse() : [];
}

async function readQuota({ providerLimitsFile }: Paths): Promise<QuotaReadings> {
  const read = await readStateFile(providerLimitsSpec(providerLimitsFile));
  return read.kind === 'ok' ? read.value.claude : NO_READINGS;
}

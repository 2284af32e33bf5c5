/** Collects the context of a session from the real places. What is missing or broken leaves its part empty. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findTranscript } from '../adapters/claude-code/find-transcript.ts';
import { readTaskList } from '../adapters/claude-code/read-task-list.ts';
import { readTranscriptEnd } from '../adapters/claude-code/transcript-file.ts';
import type { Paths } from '../adapters/files/paths.ts';
import { projectFolder, projectNotesSpec } from '../adapters/files/project-notes.ts';
import { providerLimitsSpec } from '../adapters/files/provider-limits.ts';
import { readSavedContext } from '../adapters/files/saved-context.ts';
import { readStateFile } from '../adapters/files/state-file.ts';
import { listChanges } from '../adapters/git/list-changes.ts';
import type { Config } from '../core/config/schema.ts';
import { assembleContext } from '../core/context/assemble-context.ts';
import { listProjectDecisions } from '../core/context/list-project-decisions.ts';
import { parseTranscriptRecord } from '../core/context/parse-transcript-record.ts';
import {
  advanceDigest,
  EMPTY_DIGEST,
  type TranscriptDigest,
  todosOf,
} from '../core/context/transcript-digest.ts';
import type { WorkContext } from '../core/context/work-context.ts';
import { NO_READINGS, type QuotaReadings } from '../core/quota/reading.ts';
import { createScrub } from './scrub.ts';
import { scrubValue } from './scrub-value.ts';

export type SessionPlace = {
  readonly directory: string;
  /** Claude Code's configuration folder. */
  readonly claudeDir: string;
  /** Left out: the last session of the project. */
  readonly sessionId?: string | undefined;
  /** Left out: where Claude Code keeps it. */
  readonly transcript?: string | undefined;
};

export type GatherParts = {
  readonly paths: Paths;
  readonly settings: Config['context'];
  readonly now: () => number;
};

/** Claude Code's and everybody's; the first is the one that OpenCode reads by itself where both are there. */
const INSTRUCTION_FILES = ['AGENTS.md', 'CLAUDE.md'] as const;

export async function gatherContext(
  place: SessionPlace,
  { paths, settings, now }: GatherParts,
): Promise<WorkContext> {
  const startedAt = now();
  const { directory } = place;
  const folder = projectFolder(paths.handoffDir, directory);
  const [session, git, projectDecisions, notes, quota] = await Promise.all([
    readSession(place),
    listChanges(directory),
    readProjectDecisions(directory),
    readNotes(folder),
    readQuota(paths),
  ]);
  const { digest, todos } = session;
  const saved = digest.sessionId === null ? null : await readSavedContext(folder, digest.sessionId);
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
    { ...found, saved, ...places, ...times, delegated: [], delegatedDecisions: [] },
    settings,
  );
}

async function readSession(place: SessionPlace): Promise<{
  readonly digest: TranscriptDigest;
  readonly todos: Awaited<ReturnType<typeof readTaskList>>;
}> {
  const { transcript, sessionId, claudeDir } = place;
  const found = transcript === undefined ? await findTranscript(place) : { file: transcript, sessionId };
  const part = found === null ? null : await readTranscriptEnd(found.file).catch(() => null);
  const digest = (part?.records ?? []).flatMap(parseTranscriptRecord).reduce(advanceDigest, EMPTY_DIGEST);
  const id = found?.sessionId ?? digest.sessionId ?? sessionId ?? null;
  const todos = id === null ? null : await readTaskList(claudeDir, id);
  return { digest: { ...digest, sessionId: id }, todos };
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

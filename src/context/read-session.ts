/** The transcript of a session, as far as it was read before and what was written since. */
import { findTranscript } from '../adapters/claude-code/find-transcript.ts';
import { readTaskList } from '../adapters/claude-code/read-task-list.ts';
import {
  readTranscriptEnd,
  readTranscriptSince,
  type TranscriptPart,
} from '../adapters/claude-code/transcript-file.ts';
import { parseTranscriptRecord } from '../core/context/parse-transcript-record.ts';
import { advanceDigest, EMPTY_DIGEST, type TranscriptDigest } from '../core/context/transcript-digest.ts';
import type { TodoLists } from '../core/context/work-context.ts';

export type SessionPlace = {
  readonly directory: string;
  /** Claude Code's configuration folder. */
  readonly claudeDir: string;
  /** Left out: the last session of the project. */
  readonly sessionId?: string | undefined;
  /** Left out: where Claude Code keeps it. */
  readonly transcript?: string | undefined;
};

export type ReadSession = {
  readonly digest: TranscriptDigest;
  /** Claude Code's own list; `null` where it keeps none. */
  readonly todos: TodoLists | null;
  readonly found: boolean;
};

type Position = { readonly offset: number; readonly digest: TranscriptDigest };

/** Where reading stopped, by file; for who reads the same ones again and again. */
export type Positions = Map<string, Position>;

const KEPT_POSITIONS = 50;

export async function readSession(
  place: SessionPlace,
  positions: Positions = new Map(),
): Promise<ReadSession> {
  const { transcript, sessionId, claudeDir } = place;
  const found = transcript === undefined ? await findTranscript(place) : { file: transcript, sessionId };
  const read = found === null ? null : await readOn(found.file, positions).catch(() => null);
  const digest = read?.digest ?? EMPTY_DIGEST;
  const id = found?.sessionId ?? digest.sessionId ?? sessionId ?? null;
  const todos = id === null ? null : await readTaskList(claudeDir, id);
  return { digest: { ...digest, sessionId: id }, todos, found: read !== null };
}

async function readOn(file: string, positions: Positions): Promise<Position> {
  const before = positions.get(file);
  const next = before === undefined ? null : await readTranscriptSince(file, before.offset);
  const read =
    before === undefined || next === null
      ? follow(EMPTY_DIGEST, await readTranscriptEnd(file))
      : follow(before.digest, next);
  positions.delete(file);
  positions.set(file, read);
  const [oldest] = positions.keys();
  if (positions.size > KEPT_POSITIONS && oldest !== undefined) positions.delete(oldest);
  return read;
}

function follow(digest: TranscriptDigest, { records, offset }: TranscriptPart): Position {
  return { digest: records.flatMap(parseTranscriptRecord).reduce(advanceDigest, digest), offset };
}

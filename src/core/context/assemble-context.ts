/** Puts together what was found in the real places, as the settings ask for it. */
import type { Config } from '../config/schema.ts';
import type { QuotaReadings } from '../quota/reading.ts';
import { cutGraphemes } from './cut-graphemes.ts';
import { describeTask } from './describe-task.ts';
import { manyLines, oneLine } from './one-line.ts';
import { relativeTo } from './relative-path.ts';
import { type TranscriptDigest, todosOf } from './transcript-digest.ts';
import type { Decision, DelegatedWork, TodoLists, WorkContext } from './work-context.ts';
import { NO_TODOS } from './work-context.ts';

export type ContextSources = {
  readonly digest: TranscriptDigest;
  /** Claude Code's own list, where it keeps one beside the transcript; `null` where it does not. */
  readonly todos: TodoLists | null;
  readonly directory: string;
  readonly git: { readonly branch: string | null; readonly changed: readonly string[] };
  /** Of the project's own files. */
  readonly projectDecisions: readonly { readonly file: string; readonly text: string }[];
  /** Newest first. */
  readonly notes: readonly string[];
  readonly delegated: readonly DelegatedWork[];
  readonly delegatedDecisions: readonly { readonly agent: string; readonly text: string }[];
  readonly quota: QuotaReadings;
  /** What was kept before a compaction; of a long transcript only the last part is read again. */
  readonly saved: WorkContext | null;
  readonly builtAt: number;
  readonly buildMs: number;
};

const LONGEST_NAME = 256;
/** A longer one is an essay; its beginning says what was decided. */
const LONGEST_DECISION = 300;
const KEPT_COMPLETED = 20;

export function assembleContext(sources: ContextSources, settings: Config['context']): WorkContext {
  const { digest, directory, git, quota } = sources;
  const { description, goals, constraints } = taskOf(sources);
  const changed = settings.includeRecentFiles
    ? listFiles([...inside(digest.edited, directory), ...git.changed], settings.recentFilesLimit)
    : [];
  const referenced = settings.includeRecentFiles
    ? listFiles(inside(digest.read, directory), settings.recentFilesLimit).filter(
        (file) => !changed.includes(file),
      )
    : [];
  return {
    task: { description, goals, constraints, summary: manyLines(digest.summary) },
    files: { changed, referenced },
    todos: settings.includeTodos ? tidyTodos(sources.todos ?? todosOf(digest)) : NO_TODOS,
    decisions: settings.includeDecisions ? listDecisions(sources) : [],
    delegated: sources.delegated.map(tidyWork),
    meta: {
      from: 'claude-code',
      sessionId: named(digest.sessionId),
      project: named(directory),
      branch: named(git.branch ?? digest.branch),
      usage: { fiveHour: quota.fiveHour?.percent ?? null, weekly: quota.weekly?.percent ?? null },
      builtAt: Math.floor(sources.builtAt / 1_000) * 1_000,
      buildMs: Math.round(sources.buildMs),
    },
  };
}

function taskOf({
  digest,
  saved,
}: ContextSources): Pick<WorkContext['task'], 'description' | 'goals' | 'constraints'> {
  const { description, goals, constraints } = describeTask(digest.prompts);
  return {
    description: description === '' ? (saved?.task.description ?? '') : description,
    goals: [...new Set([...goals, ...(saved?.task.goals ?? [])])],
    constraints: [...new Set([...constraints, ...(saved?.task.constraints ?? [])])],
  };
}

/** The last one first, without those that lie elsewhere. */
function inside(files: readonly string[], directory: string): readonly string[] {
  return [...files].reverse().flatMap((file) => relativeTo(directory, file) ?? []);
}

function listFiles(files: readonly string[], limit: number): readonly string[] {
  // A name with a line break in it is no line of a list.
  return [
    ...new Set(files.filter((file) => file.trim() === file && file !== '' && !/[\n\r]/.test(file))),
  ].slice(0, limit);
}

function listDecisions({
  digest,
  saved,
  notes,
  projectDecisions,
  delegatedDecisions,
}: ContextSources): readonly Decision[] {
  const of = (source: Decision['source'], text: string, by: string | null = null): Decision => ({
    text: cutGraphemes(oneLine(text), LONGEST_DECISION),
    source,
    by: by === null ? null : oneLine(by.replace(/[[\]*]/g, ' ')) || null,
  });
  const all = [
    ...notes.map((text) => of('note', text)),
    ...[...digest.decisions].reverse().map((text) => of('session', text)),
    ...(saved?.decisions.filter(({ source }) => source === 'session') ?? []),
    ...delegatedDecisions.map(({ agent, text }) => of('delegated', text, agent)),
    ...projectDecisions.map(({ file, text }) => of('project', text, file)),
  ];
  return [...new Map([...all].reverse().map((decision) => [decision.text, decision])).values()]
    .reverse()
    .filter(({ text }) => text !== '');
}

function tidyTodos({ inProgress, pending, completed }: TodoLists): TodoLists {
  const tidy = (todos: readonly string[]) => todos.map(oneLine).filter((todo) => todo !== '');
  return {
    inProgress: tidy(inProgress),
    pending: tidy(pending),
    completed: tidy(completed).slice(0, KEPT_COMPLETED),
  };
}

function tidyWork({ agent, said, files }: DelegatedWork): DelegatedWork {
  return {
    agent: oneLine(agent.replaceAll('*', '')) || 'agent',
    said: oneLine(said),
    files: listFiles(files, Number.POSITIVE_INFINITY),
  };
}

function named(name: string | null): string | null {
  const line = name === null ? '' : oneLine(name);
  return line === '' ? null : cutGraphemes(line, LONGEST_NAME);
}

/** A context as versioned JSON, and back. */
import { CONTEXT_VERSION, DECISION_SOURCES, type DelegatedWork, type WorkContext } from './work-context.ts';

export type SerialisedContext = { readonly version: number } & WorkContext;

/** For `JSON.stringify`; `parseContext` reads it back. */
export function serialiseContext(context: WorkContext): SerialisedContext {
  return { version: CONTEXT_VERSION, ...context };
}

export type ParsedContext =
  | { readonly ok: true; readonly context: WorkContext }
  | { readonly ok: false; readonly reason: 'not-a-context' | 'newer-version' };

/** Takes what a JSON parser gave. What is missing is empty; a context of a newer version is not guessed at. */
export function parseContext(raw: unknown): ParsedContext {
  const { version, task, files, todos, decisions, delegated, meta } = objectOf(raw);
  if (typeof version !== 'number') return { ok: false, reason: 'not-a-context' };
  if (version > CONTEXT_VERSION) return { ok: false, reason: 'newer-version' };
  const [ofTask, ofFiles, ofTodos] = [objectOf(task), objectOf(files), objectOf(todos)];
  return {
    ok: true,
    context: {
      task: {
        description: textOf(ofTask.description) ?? '',
        goals: textsOf(ofTask.goals),
        constraints: textsOf(ofTask.constraints),
        summary: textOf(ofTask.summary) ?? '',
      },
      files: { changed: textsOf(ofFiles.changed), referenced: textsOf(ofFiles.referenced) },
      todos: {
        inProgress: textsOf(ofTodos.inProgress),
        pending: textsOf(ofTodos.pending),
        completed: textsOf(ofTodos.completed),
      },
      decisions: listOf(decisions).flatMap((one) => {
        const { text, source, by } = objectOf(one);
        const known = DECISION_SOURCES.find((name) => name === source) ?? 'session';
        return typeof text === 'string' ? [{ text, source: known, by: textOf(by) }] : [];
      }),
      delegated: listOf(delegated).flatMap((one): readonly DelegatedWork[] => {
        const { agent, said, files: changed } = objectOf(one);
        if (typeof agent !== 'string') return [];
        return [{ agent, said: textOf(said) ?? '', files: textsOf(changed) }];
      }),
      meta: parseMeta(objectOf(meta)),
    },
  };
}

function parseMeta(meta: Json): WorkContext['meta'] {
  const usage = objectOf(meta.usage);
  return {
    from: meta.from === 'opencode' ? 'opencode' : 'claude-code',
    sessionId: textOf(meta.sessionId),
    project: textOf(meta.project),
    branch: textOf(meta.branch),
    usage: { fiveHour: numberOf(usage.fiveHour), weekly: numberOf(usage.weekly) },
    builtAt: numberOf(meta.builtAt) ?? 0,
    buildMs: numberOf(meta.buildMs) ?? 0,
  };
}

type Json = Readonly<Record<string, unknown>>;

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

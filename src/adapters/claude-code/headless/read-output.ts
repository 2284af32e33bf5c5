// What has Claude Code told so far, line by line of its stream-json, and what came of it?
import { relative, resolve } from 'node:path';
import { NO_TOKENS, type TokenUsage } from '../../../core/delegation/engine.ts';

export type Heard = {
  readonly model: string | null;
  /** By the call's id: files that a tool was asked to change. */
  readonly changing: ReadonlyMap<string, string>;
  readonly changed: readonly string[];
  readonly result: HeadlessResult | null;
};

export type HeadlessResult = {
  readonly text: string;
  readonly isError: boolean;
  readonly tokens: TokenUsage;
  readonly costUsd: number;
  /** Names of tools that it was not allowed to use. */
  readonly denied: readonly string[];
};

export const NOTHING_HEARD: Heard = { model: null, changing: new Map(), changed: [], result: null };

const WRITES = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);

type Json = Readonly<Record<string, unknown>>;

export function hearLine(heard: Heard, line: string): Heard {
  const event = parse(line);
  if (event.type === 'assistant') return hearAssistant(heard, objectOf(event.message));
  if (event.type === 'user') return hearToolResults(heard, objectOf(event.message));
  // One that waited for its own subagents tells a result for each turn: the last one counts, and holds all usage.
  return event.type === 'result' ? { ...heard, result: readResult(event) } : heard;
}

export function relativeFiles({ changed }: Heard, directory: string): readonly string[] {
  return [...new Set(changed.map((file) => relative(directory, resolve(directory, file))))].sort();
}

function hearAssistant(heard: Heard, { model, content }: Json): Heard {
  const changing = new Map(heard.changing);
  for (const { type, id, name, input } of objectsOf(content)) {
    const { file_path: file, notebook_path: notebook } = objectOf(input);
    const path = typeof file === 'string' ? file : notebook;
    if (type !== 'tool_use' || !WRITES.has(String(name))) continue;
    if (typeof id === 'string' && typeof path === 'string') changing.set(id, path);
  }
  return { ...heard, changing, model: isModel(model) ? model : heard.model };
}

/** What Claude Code says itself, of an error for one, comes under a made-up name. */
function isModel(model: unknown): model is string {
  return typeof model === 'string' && !model.startsWith('<');
}

function hearToolResults(heard: Heard, { content }: Json): Heard {
  const changed = objectsOf(content).flatMap(({ type, tool_use_id: id, is_error: failed }) => {
    const file = type === 'tool_result' && failed !== true ? heard.changing.get(String(id)) : undefined;
    return file ?? [];
  });
  return { ...heard, changed: [...heard.changed, ...changed] };
}

function readResult({ result, is_error, usage, total_cost_usd, permission_denials }: Json): HeadlessResult {
  const used = objectOf(usage);
  return {
    text: typeof result === 'string' ? result : '',
    isError: is_error === true,
    tokens: {
      ...NO_TOKENS,
      input: numberOf(used.input_tokens),
      output: numberOf(used.output_tokens),
      cacheRead: numberOf(used.cache_read_input_tokens),
      cacheWrite: numberOf(used.cache_creation_input_tokens),
    },
    costUsd: numberOf(total_cost_usd),
    denied: [...new Set(objectsOf(permission_denials).map(({ tool_name }) => String(tool_name)))],
  };
}

function parse(line: string): Json {
  try {
    return objectOf(JSON.parse(line));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function objectsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

// What Claude spent on a session, read from its transcripts as they grow.
//
//   projects/PROJECT/SESSION.jsonl                      the lead session
//   projects/PROJECT/SESSION/subagents/agent-ID.jsonl   each subagent
//
// Each block of an answer has a line of its own that repeats the whole answer's usage. An answer that we gave in Claude's
// place has a line too, and says that no request was made for it.
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import type { ClaudeMessage } from '../../core/savings/claude-usage.ts';

export type UsageReader = {
  /** Answers that are new, or have grown, since the last time. A file that cannot be read has none. */
  read(): Promise<readonly ClaudeMessage[]>;
};

export type UsageReaderOptions = {
  readonly claudeDir: string;
  readonly sessionId: string;
  /** Tokens by message that are known already. */
  readonly known?: Iterable<readonly [string, number]>;
};

const MAX_PIECE_BYTES = 8 * 1024 * 1024;
/** It becomes a part of a path. */
const SESSION_ID = /^[\w-]{1,128}$/;

export function createUsageReader({ claudeDir, sessionId, known = [] }: UsageReaderOptions): UsageReader {
  const tokensOf = new Map(known);
  const offsets = new Map<string, number>();
  let lead: string | null = null;

  const listFiles = async (): Promise<readonly string[]> => {
    lead ??= await findTranscript(join(claudeDir, 'projects'), sessionId);
    if (lead === null) return [];
    const folder = join(lead.slice(0, -'.jsonl'.length), 'subagents');
    const names = await readdir(folder).catch(() => []);
    return [lead, ...names.filter((name) => name.endsWith('.jsonl')).map((name) => join(folder, name))];
  };
  const readNew = async (file: string): Promise<readonly ClaudeMessage[]> => {
    const from = offsets.get(file) ?? 0;
    const { text, next } = await readWholeLines(file, from);
    offsets.set(file, next);
    return text.split('\n').flatMap((line) => parseUsageLine(line, sessionId));
  };

  return {
    read: async () => {
      if (!SESSION_ID.test(sessionId)) return [];
      const last = new Map<string, ClaudeMessage>();
      for (const file of await listFiles())
        for (const message of await readNew(file)) last.set(message.messageId, message);
      return [...last.values()].filter(({ messageId, tokens }) => {
        const total = countTokens(tokens);
        if (tokensOf.get(messageId) === total) return false;
        tokensOf.set(messageId, total);
        return true;
      });
    },
  };
}

async function findTranscript(projects: string, sessionId: string): Promise<string | null> {
  for (const project of await readdir(projects).catch(() => [])) {
    const file = join(projects, project, `${sessionId}.jsonl`);
    if (await stat(file).catch(() => null)) return file;
  }
  return null;
}

/** Up to the last line that is complete; what is too large for one go is read the next time. */
async function readWholeLines(file: string, from: number): Promise<{ text: string; next: number }> {
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    const length = Math.min(size - from, MAX_PIECE_BYTES);
    if (length <= 0) return { text: '', next: from };
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
    // A single line beyond the limit holds no answer of ours to count; it is passed over.
    if (end === 0) return { text: '', next: length === MAX_PIECE_BYTES ? from + bytesRead : from };
    return { text: buffer.toString('utf8', 0, end), next: from + end };
  } catch {
    return { text: '', next: from };
  }
}

function parseUsageLine(line: string, sessionId: string): readonly ClaudeMessage[] {
  // Most lines are not, and some of those are long.
  if (!line.includes('"usage"') || line.includes('"answeredWithoutRequest":true')) return [];
  try {
    const record = JSON.parse(line) as Line;
    const { id, model, usage } = record.message ?? {};
    const timestamp = Date.parse(record.timestamp ?? '');
    if (record.type !== 'assistant' || !id || !model || !usage || Number.isNaN(timestamp)) return [];
    const thinking = usage.output_tokens_details?.thinking_tokens ?? 0;
    const tokens = {
      input: count(usage.input_tokens),
      output: Math.max(0, count(usage.output_tokens) - count(thinking)),
      reasoning: Math.min(count(thinking), count(usage.output_tokens)),
      cacheRead: count(usage.cache_read_input_tokens),
      cacheWrite: count(usage.cache_creation_input_tokens),
    };
    // What Claude Code says in Claude's name, such as a refusal, took nothing.
    if (countTokens(tokens) === 0) return [];
    const { cwd = null, agentId = null } = record;
    return [{ timestamp, sessionId, directory: cwd, agentId, messageId: id, model, tokens }];
  } catch {
    return [];
  }
}

type Line = {
  readonly type?: string;
  readonly timestamp?: string;
  readonly cwd?: string;
  readonly agentId?: string;
  readonly message?: {
    readonly id?: string;
    readonly model?: string;
    readonly usage?: {
      readonly input_tokens?: unknown;
      readonly output_tokens?: unknown;
      readonly cache_read_input_tokens?: unknown;
      readonly cache_creation_input_tokens?: unknown;
      readonly output_tokens_details?: { readonly thinking_tokens?: unknown } | null;
    };
  };
};

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

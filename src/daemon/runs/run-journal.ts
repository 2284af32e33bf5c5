/**
 * runs/ID.jsonl: what happened in a run, a line for each thing, before anything else follows from it. The first line
 * says what was asked for; a daemon that takes the run up after another one adds whose it is now.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { appendNow } from '../../adapters/files/append-now.ts';
import type { FileFailure } from '../../adapters/files/file-failure.ts';
import { readLinesIn } from '../../adapters/files/read-lines.ts';
import { type RunEventMessage, runEventSchema, runRequestSchema } from '../../protocol/run.ts';

/** A process and the start that tells it from a later one with its number. */
const ownerSchema = z.object({ pid: z.number(), start: z.string().nullable() });

const beganSchema = z.object({
  type: z.literal('began'),
  version: z.literal(1),
  id: z.string(),
  at: z.number(),
  owner: ownerSchema,
  request: runRequestSchema,
});

const takenUpSchema = z.object({ type: z.literal('taken-up'), at: z.number(), owner: ownerSchema });

export type RunOwner = z.infer<typeof ownerSchema>;
export type RunBegan = z.infer<typeof beganSchema>;

export type WrittenRun = {
  readonly began: RunBegan;
  readonly owner: RunOwner;
  readonly events: readonly RunEventMessage[];
};

export type RunJournal = {
  began(line: Omit<RunBegan, 'type' | 'version'>): void;
  takenUp(line: { readonly at: number; readonly owner: RunOwner }): void;
  happened(events: readonly RunEventMessage[]): void;
};

type Line = RunBegan | z.infer<typeof takenUpSchema> | RunEventMessage;

export function createRunJournal(
  runsDir: string,
  id: string,
  onFailure: (failure: FileFailure) => void,
): RunJournal {
  const file = fileOf(runsDir, id);
  let mayBeTorn = false;
  const write = (lines: readonly Line[]) => {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const failed = appendNow(file, mayBeTorn ? `\n${text}` : text);
    mayBeTorn = failed !== null;
    if (failed !== null) onFailure(failed);
  };
  return {
    began: (line) => write([{ type: 'began', version: 1, ...line }]),
    takenUp: (line) => {
      mayBeTorn = true;
      write([{ type: 'taken-up', ...line }]);
    },
    happened: (events) => {
      if (events.length > 0) write(events);
    },
  };
}

/** Oldest first. A file without a first line that can be read is no run. */
export async function readRunJournals(runsDir: string): Promise<readonly WrittenRun[]> {
  const files = await readLinesIn(runsDir);
  const runs = files.flatMap(({ lines }) => parseRun(lines));
  return runs.sort((one, other) => one.began.at - other.began.at);
}

export async function removeRunJournal(runsDir: string, id: string): Promise<void> {
  await rm(fileOf(runsDir, id), { force: true });
}

function parseRun([first, ...lines]: readonly unknown[]): readonly WrittenRun[] {
  const began = beganSchema.safeParse(first);
  if (!began.success) return [];
  const owners = lines.flatMap((line) => takenUpSchema.safeParse(line).data?.owner ?? []);
  const events = lines.flatMap((line) => runEventSchema.safeParse(line).data ?? []);
  return [{ began: began.data, owner: owners.at(-1) ?? began.data.owner, events }];
}

/** Ids are our own, and say nothing of folders. */
function fileOf(runsDir: string, id: string): string {
  return join(runsDir, `${id}.jsonl`);
}

/**
 * The records of a transcript, oldest first: of a long one only its last part, read from the end in blocks, and
 * later what was written since.
 */
import { type FileHandle, open } from 'node:fs/promises';

export type TranscriptPart = {
  readonly records: readonly unknown[];
  /** Where the next part begins: behind the last whole line. */
  readonly offset: number;
};

const BLOCK = 256 * 1024;
const NEWLINE = 0x0a;

/** Some days of work. What lies before it was compacted away from the model, too. */
const LAST_PART = 4 * 1024 * 1024;

/** Throws the file system's errors. */
export async function readTranscriptEnd(file: string, lastPart = LAST_PART): Promise<TranscriptPart> {
  return withFile(file, async (handle) => {
    const { size } = await handle.stat();
    const blocks: Buffer[] = [];
    let from = size;
    while (from > 0 && size - from < lastPart) {
      const start = Math.max(0, from - BLOCK);
      blocks.unshift(await readAt(handle, start, from - start));
      from = start;
    }
    const bytes = Buffer.concat(blocks);
    // What was met in the middle of a line begins with its end.
    const firstLine = from === 0 ? 0 : bytes.indexOf(NEWLINE) + 1;
    return partOf(bytes.subarray(firstLine), from + firstLine);
  });
}

/** `null`: the file is shorter than it was, so it is another one. Throws the file system's errors. */
export async function readTranscriptSince(file: string, offset: number): Promise<TranscriptPart | null> {
  return withFile(file, async (handle) => {
    const { size } = await handle.stat();
    if (size < offset) return null;
    return partOf(await readAt(handle, offset, size - offset), offset);
  });
}

async function withFile<T>(file: string, read: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r');
  try {
    return await read(handle);
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** A line that is not ended is still being written: it belongs to the next part. */
function partOf(bytes: Buffer, offset: number): TranscriptPart {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  const lines = bytes.subarray(0, end).toString('utf8').split('\n');
  return { records: lines.flatMap(parseLine), offset: offset + end };
}

/** The other lines are many and long: whole requests, in all their tools. They need not be parsed to be passed over. */
const OF_WORK = /"type":\s*"(?:user|assistant)"/;

function parseLine(line: string): readonly unknown[] {
  if (line === '' || !OF_WORK.test(line)) return [];
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

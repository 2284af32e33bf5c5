import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export type Tail = {
  /** The whole lines that were written since the last look. */
  read(): readonly string[];
};

/** From the present end of the file, which may not exist yet. */
export function openTail(file: string): Tail {
  let offset = sizeOf(file);
  let rest = Buffer.alloc(0);
  return {
    read: () => {
      const added = readFrom(file, offset);
      offset = added.end;
      const bytes = added.restarted ? added.bytes : Buffer.concat([rest, added.bytes]);
      const end = bytes.lastIndexOf('\n') + 1;
      rest = bytes.subarray(end);
      const text = bytes.subarray(0, end).toString('utf8');
      return text.split('\n').filter((line) => line !== '');
    },
  };
}

type Added = { readonly bytes: Buffer<ArrayBuffer>; readonly end: number; readonly restarted: boolean };

function readFrom(file: string, offset: number): Added {
  const nothing = Buffer.alloc(0);
  try {
    const handle = openSync(file, 'r');
    try {
      const { size } = fstatSync(handle);
      // Shorter than before: the log was rotated.
      const restarted = size < offset;
      const from = restarted ? 0 : offset;
      const bytes = Buffer.alloc(size - from);
      const count = readSync(handle, bytes, 0, bytes.length, from);
      return { bytes: bytes.subarray(0, count), end: from + count, restarted };
    } finally {
      closeSync(handle);
    }
  } catch {
    return { bytes: nothing, end: offset, restarted: false };
  }
}

function sizeOf(file: string): number {
  const { end, bytes } = readFrom(file, 0);
  return bytes.length === 0 ? 0 : end;
}

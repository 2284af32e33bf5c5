// What is appended to a file from now on. By looking again and again: watching does not survive a rotation.
import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

/** Whole lines, for as long as the caller wants them. `from`: bytes of the file that the caller has seen already. */
export async function* followFile(file: string, from: number): AsyncGenerator<string> {
  let place = { inode: await inodeOf(file), offset: from };
  let rest = Buffer.alloc(0);
  for (;;) {
    const read = await readOn(file, place);
    place = read.place;
    const bytes = read.restarted ? read.bytes : Buffer.concat([rest, read.bytes]);
    const end = bytes.lastIndexOf('\n') + 1;
    rest = bytes.subarray(end);
    yield* linesIn(bytes.subarray(0, end).toString('utf8'));
    await sleep(POLL_MS);
  }
}

export function linesIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

type Place = { readonly inode: number | null; readonly offset: number };

type ReadOn = { readonly bytes: Buffer<ArrayBuffer>; readonly place: Place; readonly restarted: boolean };

/** Another file under the name, or a shorter one: the log was rotated, and is read from its beginning. */
async function readOn(file: string, place: Place): Promise<ReadOn> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return { bytes: Buffer.alloc(0), place, restarted: false };
  try {
    const { ino: inode, size } = await handle.stat();
    const restarted = inode !== place.inode || size < place.offset;
    const from = restarted ? 0 : place.offset;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return { bytes: buffer.subarray(0, bytesRead), place: { inode, offset: from + bytesRead }, restarted };
  } finally {
    await handle.close();
  }
}

async function inodeOf(file: string): Promise<number | null> {
  return stat(file).then(
    ({ ino }) => ino,
    () => null,
  );
}

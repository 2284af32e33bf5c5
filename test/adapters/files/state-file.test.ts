import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  readStateFile,
  type StateFileSpec,
  updateStateFile,
} from '../../../src/adapters/files/state-file.ts';
import { makeReadOnly, mountSmallDisk } from './small-disk.ts';
import { makeTempFolder } from './temp-folder.ts';

const NOON = Date.UTC(2026, 0, 28, 12, 0, 0, 7);
const atNoon = () => NOON;

/** A counter with a history: enough to see what is kept. */
function counterSpec(file: string): StateFileSpec<number> {
  return {
    file,
    migrations: [],
    parse: ({ count }) => ({ value: typeof count === 'number' ? count : 0, problems: [] }),
    serialise: (count) => ({ count, inner: { count } }),
  };
}

const increment = (count: number | null) => (count ?? 0) + 1;
const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

async function makeSpec(content?: string): Promise<StateFileSpec<number>> {
  const file = path.join(await makeTempFolder(), 'counter.json');
  if (content !== undefined) await writeFile(file, content);
  return counterSpec(file);
}

describe('a state file', () => {
  it('is missing before the first write, and versioned and private after it', async () => {
    const spec = counterSpec(path.join(await makeTempFolder(), 'not yet', 'counter.json'));
    expect(await readStateFile(spec)).toEqual({ kind: 'missing' });
    expect(await updateStateFile(spec, increment)).toEqual({ kind: 'written', value: 1, setAside: null });
    expect(await readStateFile(spec)).toEqual({ kind: 'ok', value: 1, problems: [] });
    expect(await readJson(spec.file)).toEqual({ version: 1, count: 1, inner: { count: 1 } });
    expect((await stat(spec.file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(spec.file))).mode & 0o777).toBe(0o700);
    expect(await readdir(path.dirname(spec.file))).toEqual(['counter.json']);
  });

  it('keeps fields that it does not know, at every depth', async () => {
    const spec = await makeSpec('{"count":4,"theirs":{"a":[1]},"inner":{"count":4,"note":"keep"}}');
    await updateStateFile(spec, increment);
    expect(await readJson(spec.file)).toEqual({
      version: 1,
      count: 5,
      theirs: { a: [1] },
      inner: { count: 5, note: 'keep' },
    });
  });

  it('keeps even a foreign __proto__ field, and is not changed by it', async () => {
    const spec = await makeSpec('{"__proto__":{"count":9},"inner":{"__proto__":{"x":1}}}');
    await updateStateFile(spec, increment);
    const text = await readFile(spec.file, 'utf8');
    expect(text.match(/"__proto__"/g)).toHaveLength(2);
    expect(await readStateFile(spec)).toMatchObject({ value: 1 });
  });

  it('loses none of 20 updates at the same time', async () => {
    const spec = await makeSpec();
    const updates = await Promise.all(Array.from({ length: 20 }, () => updateStateFile(spec, increment)));
    expect(updates.map(({ kind }) => kind)).toEqual(Array(20).fill('written'));
    expect(await readStateFile(spec)).toMatchObject({ value: 20 });
  });

  it('takes over the lock of a process that died with it', async () => {
    const spec = await makeSpec('{"count":1}');
    const lock = `${spec.file}.lock`;
    await mkdir(lock);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    expect(await updateStateFile(spec, increment)).toMatchObject({ kind: 'written', value: 2 });
    expect(await readdir(path.dirname(spec.file))).toEqual(['counter.json']);
  });

  it('gives up on a lock that is held for ever, says so, and changes nothing', async () => {
    const spec = await makeSpec('{"count":1}');
    const lock = `${spec.file}.lock`;
    await mkdir(lock);
    const renewal = setInterval(() => void utimes(lock, new Date(), new Date()), 500);
    onTestFinished(() => clearInterval(renewal));
    expect(await updateStateFile(spec, increment)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'locked' },
    });
    expect(await readJson(spec.file)).toEqual({ count: 1 });
  });

  it('lets a fault in the update through, and lets go of the lock', async () => {
    const spec = await makeSpec();
    const faulty = () => {
      throw new Error('a fault of ours');
    };
    await expect(updateStateFile(spec, faulty)).rejects.toThrow('a fault of ours');
    expect(await updateStateFile(spec, increment)).toMatchObject({ kind: 'written', value: 1 });
  });

  it('is left alone when a newer OMCM wrote it', async () => {
    const spec = await makeSpec('{"version":2,"count":{"now":"an object"}}');
    const failure = { kind: 'failed', failure: { reason: 'newer-version', file: spec.file } };
    expect(await readStateFile(spec)).toMatchObject(failure);
    expect(await updateStateFile(spec, increment)).toMatchObject(failure);
    expect(await readJson(spec.file)).toEqual({ version: 2, count: { now: 'an object' } });
  });

  it('may begin with a byte order mark', async () => {
    expect(await readStateFile(await makeSpec('\uFEFF{"count":3}'))).toMatchObject({ kind: 'ok', value: 3 });
  });
});

describe('a damaged state file', () => {
  it.each([
    ['half a file', '{"count": 41, "byPro'],
    ['an empty file', ''],
    ['a list', '[1]'],
    ['null', 'null'],
    ['bytes that are no text', '\0\0\0\0'],
  ])('is set aside when it is read: %s', async (_, content) => {
    const spec = await makeSpec(content);
    const aside = `${spec.file}.corrupt-2026-01-28T12-00-00-007Z`;
    expect(await readStateFile(spec, atNoon)).toEqual({ kind: 'damaged', setAside: aside });
    expect(await readFile(aside, 'utf8')).toBe(content);
    expect(await readStateFile(spec)).toEqual({ kind: 'missing' });
  });

  it('is set aside and reported by an update, never overwritten', async () => {
    const spec = await makeSpec('{"count": 41, "byPro');
    const written = await updateStateFile(spec, increment, atNoon);
    const aside = `${spec.file}.corrupt-2026-01-28T12-00-00-007Z`;
    expect(written).toEqual({ kind: 'written', value: 1, setAside: aside });
    expect(await readFile(aside, 'utf8')).toBe('{"count": 41, "byPro');
  });

  it('does not replace another one that was set aside at the same time', async () => {
    const spec = await makeSpec('first');
    await readStateFile(spec, atNoon);
    await writeFile(spec.file, 'second');
    const second = await readStateFile(spec, atNoon);
    expect(second).toEqual({ kind: 'damaged', setAside: `${spec.file}.corrupt-2026-01-28T12-00-00-007Z-2` });
    expect(await readFile(`${spec.file}.corrupt-2026-01-28T12-00-00-007Z`, 'utf8')).toBe('first');
  });

  it('is set aside once when several read it', async () => {
    const spec = await makeSpec('{');
    const reads = await Promise.all(Array.from({ length: 5 }, () => readStateFile(spec, atNoon)));
    expect(reads.map(({ kind }) => kind).sort()).toEqual(['damaged', ...Array(4).fill('missing')]);
  });

  it('gets a moment when another tool is still writing it', async () => {
    const spec = await makeSpec('{"count": 4');
    const reading = readStateFile(spec);
    setTimeout(() => void writeFile(spec.file, '{"count": 41}'), 10);
    expect(await reading).toMatchObject({ kind: 'ok', value: 41 });
  });
});

describe('a folder that cannot be written', () => {
  it('is a value, not a throw, when something else stands in its place', async () => {
    const folder = await makeTempFolder();
    await writeFile(path.join(folder, 'in the way'), '');
    const spec = counterSpec(path.join(folder, 'in the way', 'counter.json'));
    expect(await updateStateFile(spec, increment)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'io' },
    });
    expect(await readStateFile(spec)).toMatchObject({ kind: 'failed' });
  });

  it('is a value when the disk is read-only, and a damaged file there stays where it is', async ({
    skip,
  }) => {
    const disk = await mountSmallDisk();
    if (disk === null) return skip('needs the right to mount a file system');
    const spec = counterSpec(path.join(disk, 'counter.json'));
    const damaged = counterSpec(path.join(disk, 'damaged.json'));
    await updateStateFile(spec, increment);
    await writeFile(damaged.file, '{');
    await makeReadOnly(disk);
    expect(await readStateFile(spec)).toMatchObject({ kind: 'ok', value: 1 });
    const started = performance.now();
    expect(await updateStateFile(spec, increment)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'read-only', message: expect.stringContaining('its file system is read-only') },
    });
    expect(await readStateFile(damaged)).toEqual({ kind: 'damaged', setAside: null });
    expect(await readFile(damaged.file, 'utf8')).toBe('{');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('is a value when the disk is full, and the old content stays whole', async ({ skip }) => {
    const disk = await mountSmallDisk();
    if (disk === null) return skip('needs the right to mount a file system');
    const spec = counterSpec(path.join(disk, 'counter.json'));
    await updateStateFile(spec, increment);
    await writeFile(path.join(disk, 'filler'), Buffer.alloc(128 * 1024)).catch(() => undefined);
    expect(await updateStateFile(spec, increment)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'full' },
    });
    expect(await readStateFile(spec)).toMatchObject({ kind: 'ok', value: 1 });
    expect((await readdir(disk)).sort()).toEqual(['counter.json', 'filler']);
  });

  it.skipIf(process.getuid?.() === 0)('is a value when it belongs to somebody else', async () => {
    expect(await updateStateFile(counterSpec('/omcm-not-mine/counter.json'), increment)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'no-permission' },
    });
  });
});

import { appendFileSync, copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTranscriptEnd, readTranscriptSince } from '../../../src/adapters/claude-code/transcript-file.ts';
import { makeTempFolder } from '../files/temp-folder.ts';

const FIXTURE = join(import.meta.dirname, '..', '..', 'fixtures', 'transcripts', 'work.jsonl');

const record = (n: number, pad = 0) =>
  `${JSON.stringify({ type: 'user', n, message: { content: '가'.repeat(pad) } })}\n`;
const numbers = (records: readonly unknown[]) => records.map((one) => (one as { n: number }).n);

describe('the end of a transcript', () => {
  it('holds what tells of the work, and nothing else of it', async () => {
    const { records, offset } = await readTranscriptEnd(FIXTURE);
    const types = new Set(records.map((one) => (one as { type: string }).type));
    expect([...types].sort()).toEqual(['assistant', 'user']);
    expect(offset).toBe(readFileSync(FIXTURE).length);
  });

  it('begins with a whole line, wherever the last part begins', async () => {
    const file = join(await makeTempFolder(), 'long.jsonl');
    writeFileSync(file, Array.from({ length: 3_000 }, (_, n) => record(n, 40 + (n % 97))).join(''));
    const all = Array.from({ length: 3_000 }, (_, n) => n);
    for (const part of [1, 100_000, 262_144, 300_001]) {
      const read = numbers((await readTranscriptEnd(file, part)).records);
      expect(read.length).toBeGreaterThan(0);
      expect(read).toEqual(all.slice(-read.length));
    }
    expect(numbers((await readTranscriptEnd(file)).records)).toEqual(all);
  });

  it('passes over lines that are damaged', async () => {
    const file = join(await makeTempFolder(), 'damaged.jsonl');
    writeFileSync(file, `${record(1)}{"type":"user","n":2\n\0\0\0"type":"user"\n\n${record(3)}`);
    expect(numbers((await readTranscriptEnd(file)).records)).toEqual([1, 3]);
  });

  it('leaves a line that is being written to the next part', async () => {
    const file = join(await makeTempFolder(), 'growing.jsonl');
    writeFileSync(file, record(1) + record(2).slice(0, 9));
    const first = await readTranscriptEnd(file);
    expect(numbers(first.records)).toEqual([1]);
    appendFileSync(file, record(2).slice(9) + record(3));
    const second = await readTranscriptSince(file, first.offset);
    expect(numbers(second?.records ?? [])).toEqual([2, 3]);
    expect(numbers((await readTranscriptSince(file, second?.offset ?? 0))?.records ?? [9])).toEqual([]);
  });

  it('is another file when it has become shorter', async () => {
    const file = join(await makeTempFolder(), 'shorter.jsonl');
    copyFileSync(FIXTURE, file);
    const { offset } = await readTranscriptEnd(file);
    truncateSync(file, 10);
    expect(await readTranscriptSince(file, offset)).toBeNull();
  });
});

import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTail } from '../../../src/cli/demo/open-tail.ts';

function useFile(): string {
  const folder = mkdtempSync(join(tmpdir(), `omcm-test-${process.env.OMCM_TEST_RUN}-`));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'routing-log.jsonl');
}

describe('the tail of a log', () => {
  it('begins where the file ends now, and gives each line once', () => {
    const file = useFile();
    writeFileSync(file, 'old\n');
    const tail = openTail(file);
    expect(tail.read()).toEqual([]);
    appendFileSync(file, 'one\ntwo\n');
    expect(tail.read()).toEqual(['one', 'two']);
    expect(tail.read()).toEqual([]);
  });

  it('waits for a file that is not there yet', () => {
    const file = useFile();
    const tail = openTail(file);
    expect(tail.read()).toEqual([]);
    writeFileSync(file, 'first\n');
    expect(tail.read()).toEqual(['first']);
  });

  it('keeps half a line until the rest of it is there, cut inside a character even', () => {
    const file = useFile();
    const tail = openTail(file);
    const bytes = Buffer.from('안녕\n');
    writeFileSync(file, bytes.subarray(0, 4));
    expect(tail.read()).toEqual([]);
    appendFileSync(file, bytes.subarray(4));
    expect(tail.read()).toEqual(['안녕']);
  });

  it('goes on at the beginning of the new file when the log was rotated', () => {
    const file = useFile();
    writeFileSync(file, 'a long line of the old file\n');
    const tail = openTail(file);
    writeFileSync(file, 'new\n');
    expect(tail.read()).toEqual(['new']);
  });
});

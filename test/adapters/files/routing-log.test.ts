import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { rotateFile } from '../../../src/adapters/files/rotate-file.ts';
import type { RoutingLogEntry } from '../../../src/adapters/files/routing-line.ts';
import { appendRoutingLog } from '../../../src/adapters/files/routing-log.ts';
import { makeReadOnly, mountSmallDisk } from './small-disk.ts';
import { makeTempFolder } from './temp-folder.ts';

const entry: RoutingLogEntry = {
  timestamp: Date.UTC(2026, 0, 28, 12),
  requestId: 'request-1',
  sessionId: 'session-1',
  toolName: 'Agent',
  subagentType: 'oh-my-claudecode:architect',
  agent: 'architect',
  decision: 'route',
  reason: 'claude-limit-92%',
  target: 'opencode',
  provider: 'openai',
  model: 'gpt-5.2',
  durationMs: 3,
};

const numbered = (number: number): RoutingLogEntry => ({ ...entry, requestId: `request-${number}` });
const logFile = async () => path.join(await makeTempFolder(), 'state', 'routing-log.jsonl');

async function readLines(file: string): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(file, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the routing log', () => {
  it('is one line of JSON for each decision, for the user alone', async () => {
    const file = await logFile();
    expect(await appendRoutingLog(file, entry)).toEqual({ kind: 'written' });
    await appendRoutingLog(file, { ...entry, decision: 'native', target: 'claude', reason: '줄\n바꿈' });
    const [first, second] = await readLines(file);
    expect(first).toEqual({ ...entry, timestamp: '2026-01-28T12:00:00.000Z' });
    expect(Object.keys(first ?? {})[0]).toBe('timestamp');
    expect(second).toMatchObject({ decision: 'native', reason: '줄\n바꿈' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('takes more fields, which never replace its own', async () => {
    const file = await logFile();
    await appendRoutingLog(file, entry, { extra: { taskId: 't-1', reason: 'mine' } });
    expect(await readLines(file)).toMatchObject([{ taskId: 't-1', reason: 'claude-limit-92%' }]);
  });

  it('does not let a half-written line swallow the next', async () => {
    const file = await logFile();
    await appendRoutingLog(file, entry);
    await appendFile(file, '{"timestamp":"2026-');
    await appendRoutingLog(file, numbered(2));
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ requestId: 'request-2' });
  });

  it('moves on to a new file when it is large, and keeps three old ones', async () => {
    const file = await logFile();
    for (let number = 1; number <= 9; number += 1) {
      await appendRoutingLog(file, numbered(number), { maxBytes: 400 });
    }
    const folder = path.dirname(file);
    const names = (await readdir(folder)).sort();
    expect(names).toEqual(['routing-log.jsonl.1', 'routing-log.jsonl.2', 'routing-log.jsonl.3']);
    const kept = await Promise.all(names.map((name) => readLines(path.join(folder, name))));
    expect(kept.map((lines) => lines.map(({ requestId }) => requestId))).toEqual(
      [
        [7, 8, 9],
        [4, 5, 6],
        [1, 2, 3],
      ].map((numbers) => numbers.map((number) => `request-${number}`)),
    );
  });

  it('moves on once when several find it large at the same time', async () => {
    const file = await logFile();
    await appendRoutingLog(file, entry);
    await Promise.all(Array.from({ length: 5 }, () => rotateFile(file, 100)));
    expect(await readdir(path.dirname(file))).toEqual(['routing-log.jsonl.1']);
  });

  it('loses and tears no line when several processes write and rotate', async () => {
    const folder = await makeTempFolder();
    const file = path.join(folder, 'log', 'routing-log.jsonl');
    const writer = path.join(folder, 'writer.cjs');
    await writeFile(
      path.join(folder, 'writer.ts'),
      writerSource(path.resolve('src/adapters/files/routing-log.ts')),
    );
    await build({
      entryPoints: [path.join(folder, 'writer.ts')],
      outfile: writer,
      bundle: true,
      platform: 'node',
      nodePaths: [path.resolve('node_modules')],
      logLevel: 'error',
    });
    const writers = ['a', 'b', 'c', 'd'].map((name) => spawn(process.execPath, [writer, file, name]));
    const exits = await Promise.all(writers.map((child) => once(child, 'exit')));
    expect(exits.map(([code]) => code)).toEqual([0, 0, 0, 0]);

    const logs = (await readdir(path.dirname(file))).map((name) => path.join(path.dirname(file), name));
    const lines = (await Promise.all(logs.map(readLines))).flat();
    expect(logs.length).toBeGreaterThan(1);
    expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(400);
    expect(lines).toHaveLength(400);
  });

  it('tells a failure as a value', async ({ skip }) => {
    const inTheWay = await makeTempFolder();
    expect(await appendRoutingLog(inTheWay, entry)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'io' },
    });

    const disk = await mountSmallDisk();
    if (disk === null) return skip('needs the right to mount a file system');
    const file = path.join(disk, 'routing-log.jsonl');
    await appendRoutingLog(file, entry);
    await writeFile(path.join(disk, 'filler'), Buffer.alloc(128 * 1024)).catch(() => undefined);
    const huge = { ...entry, reason: 'x'.repeat(8_192) };
    expect(await appendRoutingLog(file, huge)).toMatchObject({ kind: 'failed', failure: { reason: 'full' } });
    await makeReadOnly(disk);
    expect(await appendRoutingLog(file, entry)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'read-only' },
    });
  });
});

/** 100 lines of different lengths, rotated often enough that the four meet while doing it. */
function writerSource(routingLog: string): string {
  return `
    import { appendRoutingLog } from ${JSON.stringify(routingLog)};
    const [, , file, name] = process.argv;
    const write = async () => {
      for (let number = 0; number < 100; number += 1) {
        const entry = { ...${JSON.stringify(entry)}, requestId: name + number, reason: 'x'.repeat(number * 20) };
        const { kind } = await appendRoutingLog(file, entry, { maxBytes: 160 * 1024 });
        if (kind !== 'written') process.exit(1);
      }
    };
    write();
  `;
}

/** What does the context of a long session cost? A transcript of 100 MB: the first reading, each next, all of it. */
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePaths } from '../src/adapters/files/paths.ts';
import { gatherContext } from '../src/context/gather-context.ts';
import { type Positions, readSession } from '../src/context/read-session.ts';
import { DEFAULT_CONFIG } from '../src/core/config/default-config.ts';
import { atMost, type Section } from './section.ts';
import { median } from './statistics.ts';

const MEGABYTES = 100;
const RUNS = 9;

export const CONTEXT: Section = {
  name: 'context',
  about: `the context of a session with a transcript of ${MEGABYTES} MB`,
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'omcm-bench-context-'));
    try {
      const transcript = writeTranscript(join(folder, 'session.jsonl'));
      const place = { directory: folder, claudeDir: folder, transcript };
      const first = await timeRuns(() => readSession(place));
      const positions: Positions = new Map();
      await readSession(place, positions);
      const next = await timeRuns(() => {
        appendFileSync(transcript, recordOf(0));
        return readSession(place, positions);
      });
      const paths = resolvePaths({ env: {}, home: folder, platform: 'linux', tmpDir: folder, uid: 0 });
      const whole = await timeRuns(() =>
        gatherContext(place, { paths, settings: DEFAULT_CONFIG.context, now: Date.now }),
      );
      return {
        rows: [atMost('last part of the transcript, first reading', first, [300, 'ms'])],
        notes: [
          `what was written since: ${next.toFixed(1)} ms`,
          `the whole context, with git and the search for secrets: ${whole.toFixed(1)} ms`,
          `medians of ${RUNS}`,
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function timeRuns(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < RUNS; count += 1) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

/** In the mixture that Claude Code writes: prompts, answers, calls with their results, and what it keeps for itself. */
function writeTranscript(file: string): string {
  const block = Array.from({ length: 200 }, (_, n) => recordOf(n)).join('');
  const handle = openSync(file, 'w');
  for (let written = 0; written < MEGABYTES * 1024 * 1024; written += Buffer.byteLength(block))
    writeSync(handle, block);
  closeSync(handle);
  return file;
}

function recordOf(n: number): string {
  const place = { sessionId: 's', cwd: '/p', gitBranch: 'main', timestamp: '2026-01-28T12:00:00.000Z' };
  const line = (record: object) => `${JSON.stringify({ ...record, ...place })}\n`;
  const said = [{ type: 'text', text: `Looked at file ${n}. ${'한 줄의 설명입니다. '.repeat(30)}` }];
  const use = [{ type: 'tool_use', id: `t${n}`, name: 'Edit', input: { file_path: `/p/src/${n}.ts` } }];
  const done = [{ type: 'tool_result', tool_use_id: `t${n}`, content: 'x = 1;\n'.repeat(120) }];
  return [
    ...(n % 20 === 0
      ? [line({ type: 'user', message: { content: `Task ${n}: do not touch the tests.` } })]
      : []),
    line({ type: 'assistant', message: { content: said } }),
    line({ type: 'assistant', message: { content: use } }),
    line({ type: 'user', message: { content: done } }),
    ...(n % 10 === 0 ? [line({ type: 'api-request-shape', shape: 'y'.repeat(38_000) })] : []),
  ].join('');
}

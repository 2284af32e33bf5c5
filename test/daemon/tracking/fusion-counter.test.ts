import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFusionCounter, type FusionCounter } from '../../../src/daemon/tracking/fusion-counter.ts';
import { TEST_FOLDER_PREFIX } from '../../support/test-folder-prefix.ts';
import { until } from '../support/until.ts';

type Watched = FusionCounter & { readonly file: string; readonly problems: string[] };

function useCounter(): Watched {
  const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'fusion-state.json');
  const problems: string[] = [];
  const counter = createFusionCounter({
    file,
    now: () => Date.UTC(2026, 0, 28),
    onProblem: (code) => problems.push(code),
    writeAfterMs: 30,
    retryAfterMs: 60,
  });
  return { ...counter, file, problems };
}

const read = ({ file }: Watched) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

describe('the counter of fusion-state.json', () => {
  it('adds up what comes within a moment, and adds it to what stands there', async () => {
    const counter = useCounter();
    writeFileSync(
      counter.file,
      '{"totalTasks":10,"routedToOpenCode":4,"estimatedSavedTokens":1000,"byProvider":{"openai":4},"theirs":1}',
    );
    counter.add({ totalTasks: 1 });
    counter.add({ totalTasks: 1, byProvider: { claude: 1 } });
    counter.add({ routed: 1, tokens: 250, byProvider: { openai: 1 } });

    await until(() => read(counter).totalTasks === 12);

    expect(read(counter)).toMatchObject({
      routedToOpenCode: 5,
      routingRate: 42,
      estimatedSavedTokens: 1250,
      byProvider: { openai: 5, anthropic: 1, gemini: 0 },
      lastUpdated: '2026-01-28T00:00:00.000Z',
      theirs: 1,
    });
    expect((statSync(counter.file).mode & 0o777).toString(8)).toBe('600');
    expect(counter.problems).toEqual([]);
  });

  it('keeps the counts while the file cannot be written, says so once, and writes them when it can', async () => {
    const counter = useCounter();
    // Root writes everywhere: a folder in the place of the file is what nobody can write.
    mkdirSync(counter.file);
    counter.add({ totalTasks: 1 });
    await counter.flush();
    counter.add({ totalTasks: 2, byProvider: { openai: 2 } });
    await counter.flush();
    expect(counter.problems).toEqual(['fusion-state']);

    rmdirSync(counter.file);
    await until(() => existsSync(counter.file));

    expect(read(counter)).toMatchObject({ totalTasks: 3, byProvider: { openai: 2 } });
    counter.add({ totalTasks: 1 });
    await counter.flush();
    expect(read(counter)).toMatchObject({ totalTasks: 4 });
  });

  it('sets a damaged file aside, and begins anew', async () => {
    const counter = useCounter();
    writeFileSync(counter.file, '{"totalTasks": 5');
    counter.add({ totalTasks: 1 });
    await counter.flush();
    expect(read(counter)).toMatchObject({ totalTasks: 1 });
    expect(counter.problems).toEqual(['state-damaged']);
  });

  it('writes nothing when there is nothing to write', async () => {
    const counter = useCounter();
    await counter.flush();
    expect(existsSync(counter.file)).toBe(false);
  });
});

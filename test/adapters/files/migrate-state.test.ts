import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fallbackStateSpec } from '../../../src/adapters/files/fallback-state.ts';
import { fusionStateSpec } from '../../../src/adapters/files/fusion-state.ts';
import { providerLimitsSpec } from '../../../src/adapters/files/provider-limits.ts';
import {
  readStateFile,
  type StateFileSpec,
  updateStateFile,
} from '../../../src/adapters/files/state-file.ts';
import { makeTempFolder } from './temp-folder.ts';

/** A counter that was a text in version 1, a number in 2, and lies deeper in 3. */
function counterSpec(file: string): StateFileSpec<number> {
  return {
    file,
    migrations: [
      ({ count, ...rest }) => {
        if (typeof count !== 'string') throw new Error('version 1 has a text');
        return { ...rest, count: Number(count) };
      },
      ({ count, ...rest }) => ({ ...rest, inner: { count } }),
    ],
    parse: ({ inner }) => ({ value: (inner as { readonly count: number }).count, problems: [] }),
    serialise: (count) => ({ inner: { count } }),
  };
}

async function useFile(content: object) {
  const file = join(await makeTempFolder(), 'counter.json');
  writeFileSync(file, JSON.stringify(content));
  const text = () => readFileSync(file, 'utf8');
  return {
    spec: counterSpec(file),
    text,
    json: () => JSON.parse(text()),
    names: () => readdirSync(dirname(file)),
  };
}

const increment = (count: number | null) => (count ?? 0) + 1;

describe('a state file of an earlier version', () => {
  it.each([
    ['without a version, which is the first', { count: '4', theirs: 'kept' }],
    ['of version 1', { version: 1, count: '4', theirs: 'kept' }],
    ['of version 2', { version: 2, count: 4, theirs: 'kept' }],
    ['of today', { version: 3, inner: { count: 4 }, theirs: 'kept' }],
  ])('%s is read in the words of today, and written so with the next change', async (_, content) => {
    const { spec, json, text } = await useFile(content);
    const before = text();
    expect(await readStateFile(spec)).toEqual({ kind: 'ok', value: 4, problems: [] });
    expect(text(), 'reading changes nothing').toBe(before);
    await updateStateFile(spec, increment);
    expect(json()).toEqual({ version: 3, inner: { count: 5 }, theirs: 'kept' });
  });

  it('that does not say what its version says is set aside, and begun anew', async () => {
    const { spec, json, names } = await useFile({ version: 1, count: 4 });
    expect(await readStateFile(spec)).toMatchObject({ kind: 'damaged', setAside: expect.any(String) });
    expect(names()).toEqual([expect.stringContaining('counter.json.corrupt-')]);
    await updateStateFile(spec, increment);
    expect(json()).toEqual({ version: 3, inner: { count: 1 } });
  });
});

it('a state file of a later version is left as it is, by reading and by writing', async () => {
  const { spec, text, names } = await useFile({ version: 4, inner: { count: 'in words of its own' } });
  const before = text();
  const failure = {
    reason: 'newer-version',
    message: expect.stringContaining('a newer version of OMCM wrote it'),
  };
  expect(await readStateFile(spec)).toMatchObject({ kind: 'failed', failure });
  expect(await updateStateFile(spec, increment)).toMatchObject({ kind: 'failed', failure });
  expect(text()).toBe(before);
  expect(names()).toEqual(['counter.json']);
});

describe.each(['0.1.0', 'seed'])('what %s has left', (version) => {
  it.each([
    ['fusion-state.json', fusionStateSpec],
    ['fallback-state.json', fallbackStateSpec],
    ['provider-limits.json', providerLimitsSpec],
  ] as const)('in %s is read without a problem', async (name, specOf) => {
    const folder = await makeTempFolder();
    cpSync(join(import.meta.dirname, '..', '..', 'fixtures', 'state', version), folder, { recursive: true });
    const spec: StateFileSpec<unknown> = specOf(join(folder, name)) as StateFileSpec<unknown>;
    expect(await readStateFile(spec)).toMatchObject({ kind: 'ok', problems: [] });
  });
});

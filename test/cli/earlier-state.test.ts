import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../src/protocol/status.ts';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();
const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'state');

/** Whose state folder holds what that version left there. */
function useHomeOf(version: '0.1.0' | 'seed'): CliHome {
  const home = useCli(cli);
  cpSync(join(FIXTURES, version), home.paths.stateDir, { recursive: true });
  if (version === '0.1.0')
    for (const file of [home.paths.fallbackStateFile, home.paths.providerLimitsFile]) bringToToday(file);
  return home;
}

/** When the newest of these files was written. */
const WRITTEN_AT = Date.parse('2026-11-23T02:45:00.000Z');

/** A fallback and its readings are as old as they were when that version ended. */
function bringToToday(file: string): void {
  const passed = Date.now() - WRITTEN_AT;
  const later = (time: string) => new Date(Date.parse(time) + passed).toISOString();
  writeFileSync(file, readFileSync(file, 'utf8').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, later));
}

type Counts = Readonly<Record<string, unknown>>;

async function countsAfterOneTask(home: CliHome): Promise<Counts> {
  const { code, stderr } = await home.omcm(['run', '--agent', 'explore', 'look']);
  expect(code, stderr).toBe(0);
  await home.omcm(['daemon', 'stop']);
  return JSON.parse(readFileSync(home.paths.fusionStateFile, 'utf8'));
}

async function stateOf(home: CliHome): Promise<Status> {
  await home.omcm(['daemon', 'start']);
  return ((await home.json(['daemon', 'status'])) as { readonly status: Status }).status;
}

describe('on the state of 0.1.0', () => {
  it('a fallback goes on, nothing is set aside, the counts are carried on', async () => {
    const home = useHomeOf('0.1.0');
    const { fallback, recentProblems } = await stateOf(home);
    expect(fallback).toMatchObject({ active: true, trippedBy: 'weekly', reason: 'claude-limit-93%' });
    expect(recentProblems).toEqual([]);
    expect(await countsAfterOneTask(home)).toMatchObject({
      version: 1,
      totalTasks: 6,
      routedToOpenCode: 3,
      byProvider: { openai: 1, anthropic: 2 },
    });
    expect(await home.json(['update'])).toMatchObject({ newerFiles: [] });
  });

  it('its decisions are told, counted and replayed from the log', async () => {
    const home = useHomeOf('0.1.0');
    expect(JSON.stringify(await home.json(['why', '95a58c06-6d47-4a00-b521-619d483229fe']))).toContain(
      'fusion-default-Explore',
    );
    for (const words of [['stats'], ['savings'], ['replay', '--config', home.paths.userConfigFile]]) {
      const { code, stderr } = await home.omcm(words);
      expect(code, `${words.join(' ')}: ${stderr}`).toBe(0);
    }
  });
});

describe("on files in the seed's shapes, without a version", () => {
  it('a fallback goes on by the time that it names, counts are carried on, foreign fields stay', async () => {
    const home = useHomeOf('seed');
    const { fallback, recentProblems } = await stateOf(home);
    expect(fallback).toMatchObject({ active: true, since: Date.parse('2026-01-27T10:00:00.000Z') });
    expect(recentProblems).toEqual([]);
    expect(await countsAfterOneTask(home)).toMatchObject({
      version: 1,
      totalTasks: 151,
      routedToOpenCode: 94,
      byProvider: { anthropic: 57 },
    });
    await home.omcm(['fallback', 'off']);
    const kept = JSON.parse(readFileSync(home.paths.fallbackStateFile, 'utf8'));
    expect(kept).toMatchObject({ version: 1, fallbackActive: false, somebodyElses: { note: 'kept' } });
  });
});

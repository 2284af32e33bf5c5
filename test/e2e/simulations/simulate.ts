import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { ScenarioName } from '../../../src/cli/doctor/simulate/scenario-names.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { useOmcm } from '../../support/use-omcm.ts';

const exec = promisify(execFile);

/** As its user plays it: every step as it should be, nothing of his touched, nothing left. */
export function simulate(scenario: ScenarioName): void {
  it(`omcm doctor --simulate ${scenario} shows on this machine that OMCM does what it should`, {
    timeout: 240_000,
  }, async () => {
    const omcm = await useOmcm();
    const temp = join(omcm.home.root, 'tmp');
    const before = readdirSync(temp);
    const words = [BUILT_CLI, 'doctor', '--simulate', scenario, '--json'];
    // What it says counts, and not only that something was wrong.
    const run = exec(process.execPath, words, { env: omcm.env(), cwd: omcm.home.projectDir });
    const { stdout } = await run.catch((error) => error);
    const { simulations } = JSON.parse(stdout);
    expect(simulations).toMatchObject([{ scenario, ok: true }]);
    expect(simulations[0].steps.length).toBeGreaterThan(1);
    expect(omcm.daemonPid(), "the user's own daemon").toBe(null);
    expect(readdirSync(temp)).toEqual(before);
  });
}

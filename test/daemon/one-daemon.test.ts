import { describe, expect, it } from 'vitest';
import { buildPrograms } from './support/build-programs.ts';
import { useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

describe('twenty clients that start at once', () => {
  it('get one daemon', async () => {
    const home = useDaemonHome();
    const t = performance.now();
    const ensured = await Promise.all(Array.from({ length: 20 }, () => home.ensure(programs)));
    console.log(performance.now() - t, ensured.map((e) => e.ok), home.daemons());
    await new Promise((r) => setTimeout(r, 1000));
    console.log(home.daemons());
    console.log(await home.status());
    const t2 = performance.now();
    console.log((await home.call('POST', '/v1/tasks', {agent:'explore', prompt:'hi', directory: home.projectDir})).body, performance.now()-t2);
    for await (const x of home.stream({agent:'explore', prompt:'hi', directory: home.projectDir})) console.log(JSON.stringify(x));
    expect(1).toBe(1);
  }, 60000);
});

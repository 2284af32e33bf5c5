import { describe, expect, it } from 'vitest';
import { buildPrograms } from './support/build-programs.ts';
import { useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

describe('twenty clients that start at once', () => {
  it('get one daemon', async () => {
    const home = useDaemonHome();
    const t = performance.now();
    const i = setInterval(() => console.log('n', home.daemons().length), 50);
    const ensured = await Promise.all(Array.from({ length: 20 }, () => home.ensure(programs)));
    clearInterval(i);
    console.log(performance.now() - t, ensured.map((e) => e.ok).join(), home.daemons());
    await new Promise((r) => setTimeout(r, 300));
    console.log(home.daemons());
    for await (const x of home.stream({ agent: 'explore', prompt: 'hi', directory: home.projectDir }))
      console.log(JSON.stringify(x));
    expect(1).toBe(1);
  }, 60000);
  it('solo', async () => {
    const home = useDaemonHome();
    const t = performance.now();
    await home.ensure(programs);
    console.log(performance.now() - t);
  });
});

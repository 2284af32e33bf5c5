// A real `opencode serve` that nobody of ours has started: another machine, as far as OMCM can see.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import { createIsolatedHome } from '../../src/simulation/isolated-home.ts';
import type { SimulatedProviders } from '../../src/simulation/simulated-providers.ts';
import { freePort } from './free-port.ts';

export type RemoteOpencode = {
  readonly url: string;
  readonly password: string;
  readonly pid: () => number;
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
  /** Its answer as JSON. */
  readonly ask: (path: string) => Promise<unknown>;
};

const LISTENING = /opencode server listening/;

/** It has a HOME of its own, with the same providers. Not started yet. */
export async function useRemoteOpencode(providers: SimulatedProviders): Promise<RemoteOpencode> {
  const home = createIsolatedHome({ providers, name: 'far-home' });
  const cwd = join(home.root, 'cwd');
  mkdirSync(cwd);
  writeFileSync(join(cwd, '.keep'), '');
  const port = await freePort();
  const password = 'a password of the other machine';
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(async () => {
    await kill();
    home.cleanup();
  });

  return {
    url,
    password,
    pid: () => child?.pid ?? 0,
    start: async () => {
      const started = spawn(
        findBinaries().opencode ?? 'opencode',
        ['serve', '--hostname', '127.0.0.1', '--port', String(port)],
        { cwd, env: home.env({ OPENCODE_SERVER_PASSWORD: password }), stdio: ['ignore', 'pipe', 'inherit'] },
      );
      child = started;
      await new Promise<void>((resolve, reject) => {
        started.stdout.setEncoding('utf8').on('data', (data: string) => {
          if (LISTENING.test(data)) resolve();
        });
        started.once('exit', (code) => reject(new Error(`opencode serve ended: ${code}`)));
      });
    },
    kill,
    ask: async (path) => {
      const authorization = `Basic ${Buffer.from(`opencode:${password}`).toString('base64')}`;
      return (await fetch(`${url}${path}`, { headers: { authorization } })).json();
    },
  };
}

import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { expect } from 'vitest';
import { processesUnder, stopProcess } from '../../support/stop-process.ts';
import type { Omcm } from '../../support/use-omcm.ts';
import { opencodeProcesses } from '../strategies/use-strategies.ts';

/** Ends the daemon in good order: then nothing runs, listens or lies about that it brought. */
export async function expectNothingLeft(omcm: Omcm, ports: readonly (number | null)[]): Promise<void> {
  const daemon = omcm.daemonPid();
  if (daemon !== null) await stopProcess(daemon);
  await expect.poll(() => processesUnder(omcm.home.root), { timeout: 10_000 }).toEqual([]);
  const listening = await Promise.all(ports.map((port) => port !== null && isListening(port)));
  expect(listening).toEqual(ports.map(() => false));
  expect(existsSync(omcm.socketPath)).toBe(false);
}

/** The servers that the pool knows are all that run: none has been forgotten. */
export async function expectNoStrays(omcm: Omcm): Promise<void> {
  const known = async () => (await omcm.status()).opencode.servers.flatMap(({ pid }) => pid ?? []);
  const strays = async () => {
    const running = await opencodeProcesses(omcm.home);
    const ours = new Set(await known());
    return running.filter((pid) => !ours.has(pid));
  };
  await expect.poll(strays, { timeout: 20_000 }).toEqual([]);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

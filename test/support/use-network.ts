// Machines of the test's own, as far as the network is concerned: each in a namespace, with one cable, to the machine on
// which Redis runs. That one passes nothing on, so Redis is all that they share.
//
//   scheduler (this namespace) ──203.0.113.N── Redis ──198.51.100.N── workers, and their providers on 127.0.0.1
//
// For root on Linux. The addresses are those that are kept free for documents (RFC 5737).
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from '../daemon/support/until.ts';
import { stopProcess } from './stop-process.ts';
import { TEST_FOLDER_PREFIX } from './test-folder-prefix.ts';

export type Network = {
  /** The words before a program that is to run beside Redis. */
  readonly enterHub: readonly string[];
  /** The scheduler's own address, and where it finds Redis. */
  readonly scheduler: { readonly address: string; readonly hub: string };
  readonly machines: readonly NetworkMachine[];
};

export type NetworkMachine = {
  readonly enter: readonly string[];
  /** Where it finds Redis. */
  readonly hub: string;
  readonly unplug: () => void;
  readonly plugIn: () => void;
};

const HOLDER = join(import.meta.dirname, 'hold-namespace.mjs');

/** `ports`: of servers on this machine's 127.0.0.1 that each of the machines has, too. A text: why there is none. */
export async function useNetwork(count: number, ports: readonly number[]): Promise<Network | string> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux can make networks';
  const doors = await openDoors(ports);
  try {
    return await layOut(count, doors);
  } catch (error) {
    return String(error).split('\n', 1)[0] ?? '';
  }
}

async function layOut(count: number, doors: readonly string[]): Promise<Network> {
  const name = `omcm${randomBytes(4).toString('hex')}`;
  // The last thing of all: it goes with the namespaces, and an address that is left would be in the next one's way.
  onTestFinished(() => until(() => !existsSync(`/sys/class/net/${name}`)));
  const hub = await holdNamespace([]);
  const net = 4 * randomInt(64);
  const scheduler = { address: `203.0.113.${net + 2}`, hub: `203.0.113.${net + 1}` };
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'scheduler', 'netns', String(hub));
  ip('address', 'add', `${scheduler.address}/30`, 'dev', name);
  ip('link', 'set', name, 'up');
  const inHub = enter(hub);
  give(inHub, 'scheduler', scheduler.hub);
  const machines: NetworkMachine[] = [];
  for (let at = 1; at <= count; at += 1) {
    const pid = await holdNamespace(doors);
    const cable = `worker${at}`;
    const ends = ['netns', String(hub), 'type', 'veth', 'peer', 'name', 'cable', 'netns', String(pid)];
    ip('link', 'add', cable, ...ends);
    const here = `198.51.100.${4 * at + 1}`;
    give(inHub, cable, here);
    give(enter(pid), 'cable', `198.51.100.${4 * at + 2}`);
    const set = (state: string) => run([...inHub, 'ip', 'link', 'set', cable, state]);
    machines.push({
      enter: enter(pid),
      hub: here,
      unplug: () => set('down'),
      plugIn: () => set('up'),
    });
  }
  return { enterHub: inHub, scheduler, machines };
}

/** Its pid; the namespace ends with it. */
async function holdNamespace(doors: readonly string[]): Promise<number> {
  const inside = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh', process.execPath, HOLDER, ...doors];
  const holder = spawn('unshare', ['--net', '--', ...inside], { stdio: ['pipe', 'pipe', 'pipe'] });
  const pid = holder.pid ?? 0;
  onTestFinished(() => stopProcess(pid, 0));
  let complaint = '';
  holder.stderr.setEncoding('utf8').on('data', (piece: string) => {
    complaint += piece;
  });
  const ready = once(holder.stdout, 'data');
  await Promise.race([ready, once(holder, 'exit'), once(holder, 'error')]);
  if (holder.exitCode !== null || pid === 0) throw new Error(complaint || 'there is no unshare');
  return pid;
}

/** A socket in the file system for each port, as words for the holder of a namespace. */
async function openDoors(ports: readonly number[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), `${TEST_FOLDER_PREFIX}doors-`));
  const sockets = new Set<Socket>();
  const open = async (port: number) => {
    const path = join(folder, String(port));
    const server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => near.destroy() && far.destroy());
        socket.once('close', () => sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    }).listen(path);
    await once(server, 'listening');
    return { word: `${port}=${path}`, server };
  };
  const doors = await Promise.all(ports.map(open));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    for (const { server } of doors) server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return doors.map(({ word }) => word);
}

function enter(pid: number): readonly string[] {
  return ['nsenter', `--net=/proc/${pid}/ns/net`, '--'];
}

function give(inside: readonly string[], device: string, address: string): void {
  run([...inside, 'ip', 'address', 'add', `${address}/30`, 'dev', device]);
  run([...inside, 'ip', 'link', 'set', device, 'up']);
}

function ip(...words: readonly string[]): void {
  run(['ip', ...words]);
}

function run([program = '', ...words]: readonly string[]): void {
  execFileSync(program, words, { stdio: 'pipe' });
}

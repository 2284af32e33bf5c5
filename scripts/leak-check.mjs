// What did a test run leave behind? Everything it starts inherits OMCM_TEST_RUN, and every folder it makes is
// named after it. `node scripts/leak-check.mjs RUN [--end]` lists what is left; with --end it also ends it.
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Whoever was told to stop gets the time to do so: OpenCode servers are killed 5 s after SIGTERM. */
const PATIENCE_MS = Number(process.env.OMCM_LEAK_PATIENCE_MS ?? 8000);

/**
 * @typedef {object} Leftovers
 * @property {readonly { readonly pid: number, readonly command: string }[]} processes
 * @property {readonly string[]} folders
 */

/**
 * @param {string} run
 * @returns {Promise<Leftovers>}
 */
export async function waitForLeftovers(run) {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const left = findLeftovers(run);
    if (describeLeftovers(left).length === 0) return left;
    await sleep(200);
  }
  return findLeftovers(run);
}

/**
 * @param {string} run
 * @returns {Leftovers}
 */
function findLeftovers(run) {
  if (!/^[\w-]{6,}$/.test(run)) throw new Error(`not the id of a test run: '${run}'`);
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(`omcm-test-${run}-`));
  return { processes: findProcesses(run), folders: folders.map((name) => join(tmpdir(), name)) };
}

/** @param {Leftovers} left */
export function describeLeftovers({ processes, folders }) {
  return [
    ...processes.map(({ pid, command }) => `process ${pid}: ${command}`),
    ...folders.map((folder) => `folder ${folder}`),
  ];
}

/** Only Linux shows the environment of a process; elsewhere the folders alone are checked. */
function findProcesses(run) {
  if (process.platform !== 'linux') return [];
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(name) ?? []) : []));
  const ours = lineOf(process.pid, new Map(all.map(({ pid, parent }) => [pid, parent])));
  // A test runner's own children are its workers, which end with it; what tests start is below those, or adopted.
  const isRunner = ({ pid, parent }) => ours.has(pid) || parent === process.pid;
  const belongs = ({ command, environment }) =>
    environment.includes(`OMCM_TEST_RUN=${run}\0`) ||
    `${command}\0${environment}`.includes(`omcm-test-${run}-`);
  return all.filter((candidate) => !isRunner(candidate) && belongs(candidate));
}

function readProcess(pid) {
  try {
    const read = (file) => readFileSync(`/proc/${pid}/${file}`, 'utf8');
    const parent = Number(
      read('stat')
        .replace(/^.*\) . /s, '')
        .split(' ')[0],
    );
    return {
      pid: Number(pid),
      parent,
      command: read('cmdline').replaceAll('\0', ' ').trim(),
      environment: `${read('environ')}\0`,
    };
  } catch {
    return undefined; // ended in the meantime, or another user's
  }
}

/** The process and those that started it. */
function lineOf(pid, parents) {
  const line = new Set();
  for (let next = pid; next && !line.has(next); next = parents.get(next)) line.add(next);
  return line;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const left = await waitForLeftovers(process.argv[2] ?? '');
  for (const line of describeLeftovers(left)) console.error(`left behind: ${line}`);
  if (describeLeftovers(left).length > 0) process.exitCode = 1;
  if (process.argv.includes('--end')) await end(left);
}

async function end({ processes, folders }) {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

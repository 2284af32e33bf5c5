// Names every platform's packages in package-lock.json. npm leaves out those that it could not look up (behind a
// mirror, say), and `npm ci` then refuses the lock file. Run it after `npm install`; a test tells when.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OS = ['darwin', 'linux', 'win32', 'windows', 'android', 'freebsd', 'openharmony'];
const CPU = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x'];
const LIBC = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/**
 * @typedef {{ version?: string, dev?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage
 * @param {{ packages: Record<string, LockedPackage> }} lock
 * @returns {{ name: string, version: string, dev: boolean }[]}
 */
export function findUnlocked({ packages }) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(
        ([name]) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      )
      .map(([name, version]) => ({ name, version, dev })),
  );
}

/** Without an integrity: npm computes it where it can fetch the package, and elsewhere never installs it. */
function lockedEntry({ name, version, dev }) {
  const words = name.split(/[/-]/);
  const os = OS.find((word) => words.includes(word));
  const cpu = CPU.find((word) => words.includes(word));
  if (!os || !cpu || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`cannot tell which platform ${name}@${version} is for`);
  }
  const libc = Object.keys(LIBC).find((word) => words.includes(word));
  return {
    version,
    cpu: [cpu],
    ...(dev && { dev }),
    ...(libc && { libc: [LIBC[libc]] }),
    optional: true,
    os: [os === 'windows' ? 'win32' : os],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? 'package-lock.json';
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const unlocked = findUnlocked(lock);
  for (const entry of unlocked) lock.packages[`node_modules/${entry.name}`] = lockedEntry(entry);
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${unlocked.length} packages of other platforms added to ${file}`);
}

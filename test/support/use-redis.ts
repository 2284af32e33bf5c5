// A Redis of the test's own, on a free port, with a folder of its own, and gone with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RedisAddress } from '../../src/adapters/bullmq/connect-redis.ts';
import { until } from '../daemon/support/until.ts';
import { freePort } from './free-port.ts';
import { type Certificates, makeCertificates } from './make-certificates.ts';
import { stopProcess } from './stop-process.ts';
import { TEST_FOLDER_PREFIX } from './test-folder-prefix.ts';

export type OwnRedis = {
  readonly url: string;
  readonly address: RedisAddress;
  readonly port: number;
  readonly certificates: Certificates | null;
  /** At once, as if its machine had lost its power. */
  readonly kill: () => Promise<void>;
  /** With what it had written down. */
  readonly start: () => Promise<void>;
};

export type RedisChoices = {
  /** Nobody is let in without it. */
  readonly tls?: boolean;
  /** The rights of a user `omcm`, who is the only one. */
  readonly rights?: string;
  /** Its words, as somebody else has written them down: with `/tls/…`, port 6379 and a variable for the password. */
  readonly as?: readonly string[];
  /** Where it listens, and the words before the program that bring it there. */
  readonly place?: { readonly address: string; readonly enter: readonly string[] };
};

export const PASSWORD = 'only-for-this-test';
const HERE = { address: '127.0.0.1', enter: [] };

export async function useRedis({
  tls = false,
  rights,
  as,
  place = HERE,
}: RedisChoices = {}): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), `${TEST_FOLDER_PREFIX}redis-`));
  const port = await freePort();
  const certificates = tls ? makeCertificates(folder) : null;
  const settings = {
    ...(certificates === null ? { port } : tlsSettings(port, certificates)),
    ...(rights === undefined ? { requirepass: PASSWORD } : { aclfile: writeUsers(folder, rights) }),
    bind: place.address,
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'always',
    save: '',
  };
  const fill = (words: readonly string[]) => {
    const { certFile = '', keyFile = '', caFile = '' } = certificates ?? {};
    const meant = new Map([
      ['6379', String(port)],
      ['${OMCM_REDIS_PASSWORD:?}', PASSWORD],
      ['/tls/redis.pem', certFile],
      ['/tls/redis.key', keyFile],
      ['/tls/ca.pem', caFile],
    ]);
    return words.map((word) => meant.get(word) ?? word);
  };
  let child: ChildProcess | null = null;
  const start = async () => {
    const words =
      as === undefined ? toWords(settings) : [...fill(as), ...toWords({ bind: place.address, dir: folder })];
    const [program = '', ...more] = [...place.enter, 'redis-server', ...words];
    const started = spawn(program, more, { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let said = '';
    for (const stream of [started.stdout, started.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => {
        said += piece;
      });
    started.once('error', (error) => {
      said += `Ready to accept connections, but: ${error.message}`;
    });
    await until(() => said.includes('Ready to accept connections') || started.exitCode !== null);
    if (started.pid === undefined || started.exitCode !== null)
      throw new Error(`no redis-server (scripts/system-packages.sh installs it): ${said}`);
  };
  const kill = async () => {
    const pid = child?.pid;
    if (pid === undefined) return;
    child?.kill('SIGKILL');
    await stopProcess(pid);
  };
  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  const user = rights === undefined ? '' : 'omcm';
  const url = `redis${tls ? 's' : ''}://${user}:${PASSWORD}@${place.address}:${port}`;
  return { url, address: { url, ca: certificates?.ca ?? null }, port, certificates, kill, start };
}

function toWords(settings: object): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

function tlsSettings(port: number, { caFile, certFile, keyFile }: Certificates): object {
  return {
    port: 0,
    'tls-port': port,
    'tls-ca-cert-file': caFile,
    'tls-cert-file': certFile,
    'tls-key-file': keyFile,
    'tls-auth-clients': 'no',
  };
}

function writeUsers(folder: string, rights: string): string {
  const file = join(folder, 'users.acl');
  writeFileSync(file, `user default off\nuser omcm on >${PASSWORD} ${rights}\n`);
  return file;
}

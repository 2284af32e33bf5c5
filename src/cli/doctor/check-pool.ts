/** Do the OpenCode servers work: those that are ours, and those on other machines? */
import type { PoolStatus, ServerStatus } from '../../protocol/status.ts';
import type { Messages } from '../messages.ts';
import type { Consulted } from './consult-daemon.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export function checkPool(consulted: Consulted, m: Messages): readonly Finding[] {
  if (consulted.kind !== 'running' || consulted.status === null) return [];
  const { opencode: pool } = consulted.status;
  const remotes = pool.servers.filter(({ kind }) => kind === 'remote');
  return [checkOwn(pool, m), ...remotes.flatMap((remote) => checkRemote(remote, m))];
}

function checkOwn({ outage, servers }: PoolStatus, { doctor }: Messages): Finding {
  if (outage !== null) return fail('pool', doctor.poolOutage(outage), doctor.poolRemedy());
  const given = servers.filter(({ state }) => state === 'given-up');
  if (given.length === 0) {
    const ready = servers.filter(({ kind, state }) => kind === 'own' && state === 'ready');
    return ok('pool', doctor.pool(ready.length));
  }
  const reasons = [...new Set(given.map(({ lastError }) => lastError ?? ''))].join('; ');
  return warn('pool', doctor.poolGivenUp(given.length, reasons), doctor.poolRemedy());
}

function checkRemote({ url, state, lastError }: ServerStatus, { doctor }: Messages): readonly Finding[] {
  const address = url ?? '';
  const readable = isReadable(address)
    ? [warn('remote', doctor.remoteReadable(address), doctor.remoteReadableRemedy())]
    : [];
  if (state === 'ready') return [ok('remote', doctor.remote(address)), ...readable];
  const why = lastError ?? doctor.remoteNotAsked();
  return [warn('remote', doctor.remoteFailed(address, why), doctor.remoteFailedRemedy()), ...readable];
}

/** On the way to this machine itself nobody listens. */
function isReadable(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(localhost|127\..*|\[::1\])$/.test(hostname);
}

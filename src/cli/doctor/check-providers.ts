import type { Messages } from '../messages.ts';
import type { Consulted } from './consult-daemon.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** OpenCode's own trial provider counts as connected even without a network. What it lacks, the targets tell. */
const ALWAYS_THERE = 'opencode';

export function checkProviders(consulted: Consulted, { doctor }: Messages): Finding {
  if (consulted.kind === 'not-running') {
    return warn('providers', doctor.providersNotAsked(), doctor.providersNotAskedRemedy());
  }
  const connected = consulted.kind === 'running' ? (consulted.providers?.connected ?? []) : [];
  if (connected.length === 0) {
    return fail(
      'providers',
      doctor.providersUnknown(serverError(consulted)),
      doctor.providersUnknownRemedy(),
    );
  }
  const own = connected.filter(({ id }) => id !== ALWAYS_THERE);
  if (own.length === 0) return warn('providers', doctor.providersNone(), doctor.providersNoneRemedy());
  const names = own.map(({ id, models }) => `${id} (${models.length})`).join(', ');
  return ok('providers', doctor.providers(names));
}

/** With no provider at all, not even the one that is always there, the server did not start. */
function serverError(consulted: Consulted): string {
  const servers = consulted.kind === 'running' ? consulted.status?.opencode.servers : undefined;
  return servers?.find(({ kind, lastError }) => kind === 'own' && lastError !== null)?.lastError ?? '';
}

/** Can another model lead a subagent with Claude Code's own tools here? */
import type { Config } from '../../core/config/schema.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { type ClaudeSetup, managedSettingsFile } from './claude-setup.ts';
import type { Consulted } from './consult-daemon.ts';
import { type Finding, ok, warn } from './finding.ts';

/** What a session has shown counts; where none has said anything, files tell. */
export function checkEngine(
  { settings }: ClaudeSetup,
  consulted: Consulted,
  { config, m: { doctor } }: { readonly config: Pick<Config, 'engine'>; readonly m: Messages },
): Finding {
  if (config.engine === 'opencode') return ok('engine', doctor.engineOpencode());
  const shown = consulted.kind === 'running' ? (consulted.status?.seesRequests ?? null) : null;
  const managed = settings.find(({ file }) => file === managedSettingsFile());
  if (shown === false || (shown === null && managed !== undefined))
    return warn('engine', doctor.engineBlind(managed?.file ?? null), doctor.engineBlindRemedy());
  const keyless = listKeyless(consulted);
  return ok(
    'engine',
    [doctor.engine(), ...(keyless === '' ? [] : [doctor.engineKeyless(keyless)])].join('; '),
  );
}

/** Connected by a login that has no key (OAuth), or by an interface that is not spoken here. Claude's needs none. */
function listKeyless(consulted: Consulted): string {
  if (consulted.kind !== 'running') return '';
  return (consulted.providers?.connected ?? [])
    .filter(({ id, direct }) => direct === false && id !== 'anthropic')
    .map(({ id }) => printableText(id))
    .join(', ');
}

/** Is each model that the settings name connected? One that is not falls to the next of its role. */
import type { TargetRole } from '../../core/agents/agent.ts';
import type { Config } from '../../core/config/schema.ts';
import type { Messages } from '../messages.ts';
import type { Consulted } from './consult-daemon.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const ROLES: readonly TargetRole[] = ['oracle', 'codex', 'flash'];

export function checkTargets(consulted: Consulted, config: Config, m: Messages): readonly Finding[] {
  const connected = consulted.kind === 'running' ? (consulted.providers?.connected ?? []) : [];
  // Without any it is the providers' finding that counts.
  if (connected.length === 0) return [];
  const models = new Set(connected.flatMap(({ id, models }) => models.map((model) => `${id}/${model}`)));
  return [
    ...ROLES.map((role) => checkRole(role, config.targets[role], { models, m })),
    ...namedModels(config)
      .filter(([, model]) => !models.has(model))
      .map(([key, model]) =>
        warn('model', m.doctor.modelMissing(key, model), m.doctor.modelMissingRemedy(key)),
      ),
  ];
}

type Known = { readonly models: ReadonlySet<string>; readonly m: Messages };

function checkRole(role: TargetRole, wanted: readonly string[], { models, m: { doctor } }: Known): Finding {
  const id = `target-${role}`;
  const [first = ''] = wanted;
  const used = wanted.find((model) => models.has(model));
  if (used === undefined)
    return fail(id, doctor.targetNone(role, wanted.join(', ')), doctor.targetRemedy(role));
  if (used === first) return ok(id, doctor.target(role, used));
  return warn(id, doctor.targetNext(role, first, used), doctor.targetRemedy(role));
}

/** Models that a single setting names, without a second choice beside it. */
function namedModels({ agents, fallback }: Config): readonly (readonly [key: string, model: string])[] {
  const ofAgents = Object.entries(agents).flatMap(([name, { model }]) =>
    model === undefined ? [] : [[`agents.${name}.model`, model] as const],
  );
  return fallback.forceModel === null
    ? ofAgents
    : [...ofAgents, ['fallback.forceModel', fallback.forceModel]];
}

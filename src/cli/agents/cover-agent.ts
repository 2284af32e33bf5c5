/** Where would this agent go, now and in each mode? */
import type { ListedAgent } from '../../adapters/claude-code/list-agents.ts';
import { explainRoute, type RouteInput } from '../../core/routing/decide-route.ts';
import type { Decision, Engine } from '../../core/routing/decision.ts';
import type { RoutingMode } from '../../core/routing/mode.ts';

export type Covered = ListedAgent & {
  /** In the catalogue, or named by the user's settings. */
  readonly known: boolean;
  readonly writes: boolean;
  readonly now: Pick<Decision, 'route' | 'reason' | 'engineWhy'> & {
    readonly model: string | null;
    readonly engine: Engine | null;
  };
  /** The situations in which it leaves Claude. */
  readonly routedIn: readonly Situation[];
};

export type Situation = RoutingMode | 'emergency';

export const SITUATIONS = [
  'default',
  'save-tokens',
  'fusion',
  'emergency',
] as const satisfies readonly Situation[];

export function coverAgent(listed: ListedAgent, input: RouteInput): Covered {
  const asked = { ...input, agent: listed.name };
  const { decision } = explainRoute(asked);
  const { route, reason, engineWhy } = decision;
  const engine = decision.route ? decision.engine : null;
  const target = decision.target ?? (decision.route ? null : (decision.shadow?.target ?? null));
  return {
    ...listed,
    known: decision.agent.known,
    writes: needsRights(asked),
    now: {
      route,
      reason,
      engine,
      model: target === null ? null : `${target.provider}/${target.model}`,
      ...(engineWhy === undefined ? {} : { engineWhy }),
    },
    routedIn: SITUATIONS.filter((situation) => explainRoute(inSituation(asked, situation)).decision.route),
  };
}

/** Whether the permission mode is all that keeps it. */
function needsRights(input: RouteInput): boolean {
  const { decision } = explainRoute(inSituation({ ...input, permissionMode: undefined }, 'emergency'));
  return decision.route && decision.writes;
}

function inSituation(input: RouteInput, situation: Situation): RouteInput {
  const quiet = {
    ...input,
    fallback: { active: false },
    quota: { fiveHour: null, weekly: null },
    pace: undefined,
  };
  return situation === 'emergency'
    ? { ...quiet, mode: 'default', fallback: { active: true } }
    : { ...quiet, mode: situation };
}

// What would another configuration have done with the calls of before?

import { decideRoute } from './decide-route.ts';
import type { Decision } from './decision.ts';
import type { Mode } from './mode.ts';
import type { RoutingRules } from './rules.ts';
import { type RouteSnapshot, restoreInput } from './snapshot.ts';

/** A call of before, with what it used where another model answered it. */
export type PastCall = {
  readonly requestId: string;
  readonly agent: string;
  readonly was: Fate;
  readonly inputs: RouteSnapshot;
  /** As its provider reported it; `null` where Claude answered, or nobody. */
  readonly tokens: number | null;
};

/** Who answered: `claude`, `nobody`, or a model by `provider/model`. */
export type Fate = { readonly by: string; readonly reason: string };

export type ReplayedCall = PastCall & { readonly would: Fate };

export type Replay = {
  readonly calls: number;
  readonly changed: readonly ReplayedCall[];
  readonly toOthers: Moved;
  readonly toClaude: Moved;
  readonly toNobody: Moved;
  /** From one model to another. */
  readonly between: Moved;
};

/** `tokens` is an estimate: what calls of the same agent used, or else of all agents; `null` where none is measured. */
export type Moved = { readonly calls: number; readonly tokens: number | null };

export type OtherConfig = {
  readonly rules: RoutingRules;
  /** Instead of the mode that held then; `null`: that one. */
  readonly mode: Mode | null;
};

export function replayCalls(calls: readonly PastCall[], { rules, mode }: OtherConfig): Replay {
  const changed = calls.flatMap((call) => {
    const input = restoreInput(call.inputs, { agent: call.agent, rules, mode: mode ?? undefined });
    const would = fateOf(decideRoute(input));
    return would.by === call.was.by ? [] : [{ ...call, would }];
  });
  const estimate = createEstimate(calls);
  const moved = (belongs: (call: ReplayedCall) => boolean): Moved => {
    const those = changed.filter(belongs);
    const tokens = those.map(estimate);
    const total = tokens.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    return { calls: those.length, tokens: tokens.some((each) => each === null) ? null : Math.round(total) };
  };
  return {
    calls: calls.length,
    changed,
    toOthers: moved(({ was, would }) => !isModel(was) && isModel(would)),
    toClaude: moved(({ would }) => would.by === 'claude'),
    toNobody: moved(({ would }) => would.by === 'nobody'),
    between: moved(({ was, would }) => isModel(was) && isModel(would)),
  };
}

export function fateOf(decision: Decision): Fate {
  const { reason } = decision;
  if (decision.route) return { by: `${decision.target.provider}/${decision.target.model}`, reason };
  return { by: decision.block === undefined ? 'claude' : 'nobody', reason };
}

function isModel({ by }: Fate): boolean {
  return by.includes('/');
}

/** A measured call counts as what it used; another one as the mean of its agent's measured ones, or of all. */
function createEstimate(calls: readonly PastCall[]): (call: PastCall) => number | null {
  const measured = calls.flatMap(({ agent, tokens }) => (tokens === null ? [] : [{ agent, tokens }]));
  const overall = mean(measured.map(({ tokens }) => tokens));
  const byAgent = new Map<string, number | null>();
  return ({ agent, tokens }) => {
    if (tokens !== null) return tokens;
    if (!byAgent.has(agent))
      byAgent.set(agent, mean(measured.filter((one) => one.agent === agent).map((one) => one.tokens)));
    return byAgent.get(agent) ?? overall;
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

// Another daemon has routed this task, and sent it here: which of its models is there, and may it be done at all?
import type { OpencodeAgent, TargetRole, Tier } from '../agents/agent.ts';
import { resolveAgent } from '../agents/resolve-agent.ts';
import { ROLE_LABELS } from '../agents/target-role.ts';
import type { BudgetVerdict } from '../budget/judge-call.ts';
import { type ExplainedRoute, NOT_TRUSTED, nameTarget } from './decide-route.ts';
import type { NativeDecision } from './decision.ts';
import { listTargets } from './list-targets.ts';

export type PlacedQuestion = {
  readonly agent: string;
  readonly placed: {
    readonly models: readonly string[];
    readonly role: TargetRole;
    readonly tier: Tier;
    readonly opencodeAgent: OpencodeAgent;
    readonly writes: boolean;
  };
  readonly connectedModels: ReadonlySet<string> | undefined;
  /** The project brings files that nobody has trusted here. */
  readonly untrusted: boolean | undefined;
  readonly budget: BudgetVerdict | null | undefined;
};

export function decidePlaced(question: PlacedQuestion): ExplainedRoute {
  const { placed, connectedModels, untrusted, budget } = question;
  const resolved = resolveAgent(question.agent);
  const agent = { requested: resolved.requested, name: resolved.agent.name, known: true };
  const refuse = (step: NativeDecision['step'], reason: string): ExplainedRoute => ({
    decision: { route: false, reason, step, agent, target: null, opencodeAgent: null },
    trail: [{ step, said: reason }],
  });
  const [target, ...alternatives] = listTargets(placed.models, connectedModels ?? null);
  if (target === undefined) return refuse('target', `no-model-${placed.role}`);
  if (untrusted === true) return refuse('trust', NOT_TRUSTED);
  if (budget) return refuse('budget', budget.reason);
  const { role, tier, opencodeAgent, writes } = placed;
  const reason = `placed-${nameTarget(target)}`;
  const routed = { route: true, engine: 'opencode', reason, step: 'task', agent } as const;
  const roleLabel = ROLE_LABELS[role];
  return {
    decision: { ...routed, target, alternatives, role, roleLabel, opencodeAgent, tier, writes },
    trail: [{ step: 'task', said: reason }],
  };
}

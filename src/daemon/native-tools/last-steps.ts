/** What the last step of a subagent took, so that Claude Code can show it: the answer itself says nought. */
import type { TokenUsage } from '../../core/delegation/engine.ts';

export type LastSteps = {
  remember(agentId: string, tokens: TokenUsage): void;
  of(agentId: string): TokenUsage | null;
};

/** Asked for at once, so the latest ones will do. */
const KEPT = 500;

export function createLastSteps(): LastSteps {
  const steps = new Map<string, TokenUsage>();
  return {
    remember: (agentId, tokens) => {
      steps.delete(agentId);
      steps.set(agentId, tokens);
      const [oldest] = steps.keys();
      if (steps.size > KEPT && oldest !== undefined) steps.delete(oldest);
    },
    of: (agentId) => steps.get(agentId) ?? null,
  };
}

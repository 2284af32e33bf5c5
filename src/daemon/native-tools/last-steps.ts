/**
 * What the last step of a subagent took, so that Claude Code can show it: the answer itself says nought.
 *
 * Whoever asks while the step is being answered gets it at its end, and Claude Code does not wait for one more question
 * and answer then.
 */
import type { TokenUsage } from '../../core/delegation/engine.ts';

export type LastSteps = {
  /** Gives what is to be called when the step is over; `null`: nobody knows what it took. */
  begin(agentId: string): (tokens: TokenUsage | null) => void;
  of(agentId: string): Promise<TokenUsage | null>;
};

/** Asked for at once, so the latest ones will do. */
const KEPT = 500;

export function createLastSteps(): LastSteps {
  const steps = new Map<string, Promise<TokenUsage | null>>();
  return {
    begin: (agentId) => {
      let end: (tokens: TokenUsage | null) => void = () => {};
      const step = new Promise<TokenUsage | null>((resolve) => {
        end = resolve;
      });
      steps.delete(agentId);
      steps.set(agentId, step);
      const [oldest] = steps.keys();
      if (steps.size > KEPT && oldest !== undefined) steps.delete(oldest);
      return end;
    },
    of: (agentId) => steps.get(agentId) ?? Promise.resolve(null),
  };
}

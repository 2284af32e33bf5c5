import type { DecisionRecord } from '../../adapters/files/decision-records.ts';
import type { PastCall } from '../../core/routing/replay.ts';

export type PastCalls = {
  readonly calls: readonly PastCall[];
  /** Lines that do not say what they were made from. */
  readonly skipped: number;
};

/** A call that a task overruled, or that failed, is compared by what was decided: the same would happen again. */
export function toPastCalls(records: readonly DecisionRecord[]): PastCalls {
  const calls = records.flatMap((record) => {
    const { requestId, subagentType, reason, inputs, step } = record;
    if (inputs === null || step === 'task') return [];
    return [
      {
        requestId,
        agent: subagentType,
        was: { by: answeredBy(record), reason },
        inputs,
        tokens: tokensOf(record),
      },
    ];
  });
  return { calls, skipped: records.length - calls.length };
}

function answeredBy({ decision, provider, model }: DecisionRecord): string {
  if (decision === 'block') return 'nobody';
  return decision === 'native' ? 'claude' : `${provider}/${model}`;
}

function tokensOf({ outcome }: DecisionRecord): number | null {
  if (outcome === null) return null;
  const { input, output, reasoning, cacheRead, cacheWrite } = outcome.tokens;
  const used = input + output + reasoning + cacheRead + cacheWrite;
  // A call that failed before its first token tells nothing of what such a call uses.
  return used === 0 ? null : used;
}

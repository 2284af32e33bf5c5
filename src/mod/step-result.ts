import type { StepInput, StepResult, StepUsage } from './engine-interface.ts';

export function resultOf({ turnId, index }: StepInput, answer: string, usage: StepUsage): StepResult {
  return { turnId, index, answer, toolUses: [], stopReason: 'end_turn', usage };
}

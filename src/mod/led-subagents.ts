/** Subagents whose model requests go to the daemon, one by one; and what their steps take. */
import type { TokenUsage } from '../core/delegation/engine.ts';
import { readLastStep } from './daemon-calls.ts';
import { toUsage, usageOf } from './describe-end.ts';
import type { Chunk, Dollar, StepInput, StepResult, StepUsage } from './engine-interface.ts';
import { soon } from './soon.ts';
import { resultOf } from './step-result.ts';

const led = new Set<string>();
/** What such a subagent's step takes is asked for when its answer begins, so that it is there when the step ends. */
const stepTokens = new Map<string, Promise<TokenUsage | null>>();

const KEPT = 500;
const USAGE_LIMIT_MS = 300;

export function lead(agentId: string): void {
  led.add(agentId);
  const [oldest] = led;
  if (led.size > KEPT && oldest !== undefined) led.delete(oldest);
}

export function isLed(agentId: string): boolean {
  return led.has(agentId);
}

type Steps = AsyncGenerator<Chunk, StepResult>;

/**
 * Where another model answered, the usage is nought, or Claude Code would price it as Claude's. What it shows of the
 * subagent is read here, which has no price.
 */
export async function* countTruly($: Dollar, e: StepInput, steps: Steps): Steps {
  const { agentId } = e;
  if (agentId === undefined || !isLed(agentId)) return yield* steps;
  let used: StepUsage | null = null;
  let isOver = false;
  try {
    for (;;) {
      const { value, done } = await steps.next();
      isOver = done === true;
      if (done) return used === null ? value : { ...value, usage: used };
      if (value.kind === 'stop' && isNought(value.usage)) {
        const tokens = await soon($, stepTokens.get(agentId) ?? readLastStep($, agentId), USAGE_LIMIT_MS);
        used = tokens === null ? null : toUsage(tokens, value.usage.model);
      }
      yield value.kind === 'stop' && used !== null ? { ...value, usage: used } : value;
    }
  } finally {
    stepTokens.delete(agentId);
    if (!isOver) await steps.return(resultOf(e, '', usageOf(null)));
  }
}

/** Its step is being answered. */
export function followStep($: Dollar, agentId: string): void {
  const read = () => readLastStep($, agentId);
  // A step may take longer than a request is given.
  stepTokens.set(
    agentId,
    read()
      .catch(read)
      .catch(() => null),
  );
}

function isNought({ input_tokens: input, output_tokens: output }: StepUsage): boolean {
  return input === 0 && output === 0;
}

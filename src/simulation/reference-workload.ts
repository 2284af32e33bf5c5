// The script of the demo and the bench: one conductor, seven subagents in three rounds, the same whether Claude
// answers the subagents itself or others do.

import type { JournaledRequest } from './journaled-request.ts';
import { type ReferenceCall, referenceRounds } from './reference-calls.ts';
import { scriptConductor } from './scripted-conductor.ts';
import { workOn } from './scripted-work.ts';
import type { SimulatedProviders } from './simulated-providers.ts';

export const referencePrompt = 'Get the till ready for its first release. Use your subagents.';

export const referenceCalls: readonly ReferenceCall[] = referenceRounds.flat();

export function scriptReferenceWorkload(providers: SimulatedProviders, projectDir: string): void {
  for (const provider of [providers.anthropic, providers.openai, providers.google]) {
    for (const call of referenceCalls) {
      provider.on({
        when: (request) => isAbout(request, call),
        answer: (request) => workOn(request, { projectDir, steps: call.steps, report: call.report }),
      });
    }
  }
  scriptConductor(providers.anthropic, {
    prompt: referencePrompt,
    rounds: referenceRounds.map((calls) => ({ calls })),
  });
}

function isAbout(request: JournaledRequest, call: ReferenceCall): boolean {
  return request.userTexts.some((text) => text.includes(call.prompt));
}

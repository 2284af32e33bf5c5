// Who was asked on behalf of one call, and what was it billed for? As the simulated providers' journals have it.
import type { JournaledRequest } from '../../../simulation/journaled-request.ts';
import { subagentOf } from '../../../simulation/scripted-conductor.ts';
import { sumUsage } from '../../../simulation/sum-usage.ts';
import type { ObservedCall } from './observe-calls.ts';

export type Tokens = { readonly input: number; readonly output: number };

/** One model that worked on a call. */
export type Spending = {
  readonly provider: string;
  /** null where nobody said. */
  readonly model: string | null;
  /** null where nobody counted. */
  readonly requests: number | null;
  readonly tokens: Tokens | null;
};

export type Journals = {
  readonly anthropic: readonly JournaledRequest[];
  readonly openai: readonly JournaledRequest[];
  readonly google: readonly JournaledRequest[];
};

type Asked = { readonly provider: string; readonly request: JournaledRequest };

export function spendingOf(call: ObservedCall, journals: Journals): readonly Spending[] {
  const isAbout = ({ userTexts }: JournaledRequest) => userTexts.some((text) => text.includes(call.prompt));
  const asked: readonly Asked[] = [
    ...journals.anthropic.filter((request) => isOf(call, request)).map(by('claude')),
    ...journals.openai.filter(isAbout).map(by('openai')),
    ...journals.google.filter(isAbout).map(by('gemini')),
  ];
  const names = new Set(asked.map(nameOf));
  return [...names].map((name) => {
    const requests = asked.filter((one) => nameOf(one) === name);
    const [first] = requests;
    const { input, output } = sumUsage(requests.map(({ request }) => request));
    return {
      provider: first?.provider ?? '',
      model: first?.request.model ?? null,
      requests: requests.length,
      tokens: { input, output },
    };
  });
}

/** The conductor's own requests repeat a call's prompt, so only the subagent's id tells them apart. */
function isOf({ agentId }: ObservedCall, request: JournaledRequest): boolean {
  return agentId !== null && subagentOf(request) === agentId;
}

function by(provider: string): (request: JournaledRequest) => Asked {
  return (request) => ({ provider, request });
}

function nameOf({ provider, request }: Asked): string {
  return `${provider}/${request.model}`;
}

// Did each call go where the decision said, and nowhere else?
import type { Fault } from './fault.ts';
import type { LoggedDecision } from './logged-decision.ts';
import type { ObservedCall } from './observe-calls.ts';
import type { Spending } from './spending.ts';

export type RoutedCall = {
  readonly call: ObservedCall;
  readonly decision: LoggedDecision | null;
  readonly spending: readonly Spending[];
};

export function judgeRoutes(calls: readonly RoutedCall[]): readonly Fault[] {
  return calls.flatMap(judgeRoute);
}

/** Without OMCM nobody decides, and all of it is Claude's. */
export function judgeUnrouted(calls: readonly Pick<RoutedCall, 'call' | 'spending'>[]): readonly Fault[] {
  return calls.flatMap(({ call, spending }): readonly Fault[] =>
    isOnly(spending, 'claude')
      ? []
      : [
          {
            code: 'went-elsewhere',
            run: 'without',
            agent: call.agent,
            decided: 'claude',
            went: namesOf(spending),
          },
        ],
  );
}

function judgeRoute({ call: { agent }, decision, spending }: RoutedCall): readonly Fault[] {
  if (decision === null) return [{ code: 'undecided', agent }];
  const asked = claudeRequests(spending);
  if (decision.route && asked > 0) {
    return [{ code: 'claude-asked', agent, requests: asked, why: decision.failed }];
  }
  const decided = decision.route ? `${decision.provider}/${decision.model}` : 'claude';
  if (isOnly(spending, decided)) return [];
  return [{ code: 'went-elsewhere', run: 'with', agent, decided, went: namesOf(spending) }];
}

function claudeRequests(spending: readonly Spending[]): number {
  const claude = spending.filter(({ provider }) => provider === 'claude');
  return claude.reduce((sum, { requests }) => sum + (requests ?? 1), 0);
}

function isOnly(spending: readonly Spending[], wanted: string): boolean {
  return (
    spending.length > 0 &&
    spending.every(({ provider, model }) => provider === wanted || `${provider}/${model}` === wanted)
  );
}

function namesOf(spending: readonly Spending[]): readonly string[] {
  return spending.map(({ provider, model }) => (model === null ? provider : `${provider}/${model}`));
}

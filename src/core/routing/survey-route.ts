// What would every step have said to this call, also those that were not asked because one before them had decided?

import type { BudgetVerdict } from '../budget/judge-call.ts';
import {
  chooseEngine,
  describeEngine,
  explainRoute,
  findRefusal,
  NOT_TRUSTED,
  nameTarget,
  type RouteInput,
  toQuestion,
} from './decide-route.ts';
import type { Decision, Shadow, TrailStep } from './decision.ts';
import { listCandidates } from './list-candidates.ts';
import { listTargets } from './list-targets.ts';
import { STEPS } from './steps.ts';

export type SurveyedStep = {
  readonly step: TrailStep;
  /** `null`: it leaves the decision to the next one. */
  readonly said: string | null;
  /** What it would have had done: `true` route, `false` stay on Claude; `null` with nothing to say. */
  readonly route: boolean | null;
};

export type Survey = { readonly decision: Decision; readonly steps: readonly SurveyedStep[] };

function shadowOf(decision: Decision): Shadow | undefined {
  return decision.route ? undefined : decision.shadow;
}

export function surveyRoute(input: RouteInput): Survey {
  const question = toQuestion(input);
  const { decision } = explainRoute(input);
  const { role, models } = listCandidates(question, shadowOf(decision)?.step ?? decision.step);
  const [target, ...others] = listTargets(models, input.connectedModels ?? null);
  const chosen = target === undefined ? null : chooseEngine(question, [target, ...others]);
  const refusal = chosen?.engine === 'native-tools' ? null : findRefusal(question);
  const { budget } = question;
  return {
    decision,
    steps: [
      ...STEPS.map(([step, ask]) => {
        const verdict = ask(question);
        return { step, said: verdict?.reason ?? null, route: verdict?.route ?? null };
      }),
      { step: 'default', said: 'default', route: false },
      {
        step: 'target',
        said: target ? nameTarget(target) : `no-model-${role}`,
        route: target ? null : false,
      },
      ...(chosen === null || input.reach === undefined
        ? []
        : [{ step: 'engine' as const, said: describeEngine(chosen), route: null }]),
      { step: 'permission', said: refusal, route: refusal === null ? null : false },
      { step: 'trust', said: input.untrusted ? NOT_TRUSTED : null, route: input.untrusted ? false : null },
      ...(budget === undefined ? [] : [saidBudget(budget)]),
    ],
  };
}

function saidBudget(budget: BudgetVerdict | null): SurveyedStep {
  return { step: 'budget', said: budget?.reason ?? null, route: budget === null ? null : false };
}

/** Brings together what a decision needs, and asks the core. */
import type { ConnectedProvider } from '../../adapters/opencode/serve/list-providers.ts';
import { AGENTS } from '../../core/agents/catalogue.ts';
import { decideAsked } from '../../core/asking/decide-asked.ts';
import type { Config } from '../../core/config/schema.ts';
import type { QuotaReadings } from '../../core/quota/reading.ts';
import { assembleInput, type RouteQuestion } from '../../core/routing/assemble-input.ts';
import type { DirectReach } from '../../core/routing/decide-engine.ts';
import { decidePlaced } from '../../core/routing/decide-placed.ts';
import { decideRoute, type ExplainedRoute, type RouteInput } from '../../core/routing/decide-route.ts';
import type { Decision } from '../../core/routing/decision.ts';
import { createDecisionCache } from '../../core/routing/decision-cache.ts';
import { mayRoute, needsPrompt } from '../../core/routing/foresee-route.ts';
import { compiledRulesOf } from '../../core/rules/compile-rules.ts';
import { describePrompt } from '../../core/rules/describe-prompt.ts';
import { minuteOfDay } from '../../core/rules/minute-of-day.ts';
import type { Placed } from '../../protocol/task.ts';
import type { Spending } from '../budget/spending.ts';
import type { QuotaService } from '../quota/quota-service.ts';
import type { SessionModes } from '../sessions/session-modes.ts';
import type { DecisionNotes } from './decision-notes.ts';
import type { RoutingInputs } from './routing-inputs.ts';

export type Routed = ExplainedRoute & { readonly config: Config; readonly quota: QuotaReadings };

export type Router = {
  /** `model`: the one that was named, so that the tree is not asked; `placed`: another daemon has asked its own. */
  decide(
    question: RouteQuestion & { readonly model?: string | undefined; readonly placed?: Placed | undefined },
  ): Promise<Routed>;
  /** Of many calls in one situation, where each would go if the budgets allowed it. Nothing is written down. */
  foresee(
    question: Omit<RouteQuestion, 'agent' | 'prompt'>,
    calls: readonly { readonly agent: string; readonly prompt: string }[],
  ): Promise<readonly Decision[]>;
  /** Which models there are, and which of them can be asked from this folder without OpenCode. */
  surroundings(directory: string): Promise<{
    readonly connected: ReadonlySet<string> | undefined;
    readonly reach: Omit<DirectReach, 'seesRequests'>;
  }>;
  /** Is there any agent at all that would be routed in this folder now, or would be if the folder were trusted? */
  routesAnything(
    directory: string,
    sessionId?: string,
  ): Promise<'something' | 'nothing' | 'nothing-untrusted'>;
  /** Can nothing be said of this call before its prompt is there? */
  needsPrompt(question: RouteQuestion): Promise<boolean>;
  /** Did the rules of this folder ask for prompts when they were last looked at? */
  hasPromptRules(directory: string): boolean;
};

export type RouterOptions = {
  readonly inputs: RoutingInputs;
  readonly quota: Pick<QuotaService, 'now'>;
  readonly providers: () => readonly ConnectedProvider[] | null;
  readonly sessions: Pick<SessionModes, 'use'>;
  readonly notes: DecisionNotes;
  readonly spending: Pick<Spending, 'verdict' | 'favours'>;
  readonly now: () => number;
};

export function createRouter(options: RouterOptions): Router {
  const { inputs, quota, providers, sessions, notes, spending, now } = options;
  const cache = createDecisionCache();
  const connectedModels = createModelSets(({ models }) => models);
  const directModels = createModelSets(({ direct }) => direct);
  const promptRules = new Map<string, boolean>();

  const ask = async (question: RouteQuestion): Promise<Asked> => {
    const [{ config }, untrusted, fusion, { readings, fallback, pace }, consents] = await Promise.all([
      inputs.config(question.directory),
      question.directory === undefined ? [] : inputs.untrusted(question.directory),
      inputs.fusion(),
      quota.now(),
      inputs.consents(question.directory),
    ]);
    if (question.directory !== undefined) remember(promptRules, question.directory, readsPrompts(config));
    const at = now();
    const favours = spending.favours(question.agent);
    const input = assembleInput(question, {
      config,
      fusion,
      fallback,
      session: sessions.use(question.sessionId),
      quota: readings,
      pace: pace ?? undefined,
      connectedModels: connectedModels(providers()),
      reach: {
        models: directModels(providers()) ?? null,
        consents,
        cheaper: favours === 'native-tools',
        trial: favours === 'trial',
      },
      untrusted: untrusted.length > 0,
      budget: spending.verdict(question, config.budgets),
      now: at,
      minuteOfDay: minuteOfDay(at, new Date(at).getTimezoneOffset()),
    });
    return { input, config };
  };

  return {
    decide: async (question) => {
      const { input, config } = await ask(question);
      const { connectedModels, budget, untrusted, quota: readings } = input;
      if (question.model !== undefined) {
        const asked = decideAsked({ model: question.model, connectedModels, untrusted, budget });
        return { ...asked, config, quota: readings };
      }
      if (question.placed !== undefined) {
        const { agent, placed } = question;
        const decided = decidePlaced({ agent, placed, connectedModels, untrusted, budget });
        return { ...decided, config, quota: readings };
      }
      const hits = cache.hits();
      const explained = cache.explain(input);
      // A decision of its own for each call, though the next one may be the same: the note is about this call.
      const decision = { ...explained.decision, agent: { ...explained.decision.agent } };
      notes.add(decision, { input, cached: cache.hits() > hits });
      return { ...explained, decision, config, quota: input.quota };
    },
    foresee: async (question, calls) => {
      const { input } = await ask({ ...question, agent: '', confirmed: true });
      return calls.map(({ agent, prompt }) =>
        decideRoute({ ...input, agent, prompt: describePrompt(prompt) }),
      );
    },
    routesAnything: async (directory, sessionId) => {
      const { input, config } = await ask({ agent: '', directory, sessionId });
      const names = [...AGENTS.map(({ name }) => name), ...Object.keys(config.agents)];
      const supposed = { ...input, connectedModels: undefined };
      if (!names.some((agent) => mayRoute({ ...supposed, agent, untrusted: false }))) return 'nothing';
      return input.untrusted === true ? 'nothing-untrusted' : 'something';
    },
    surroundings: async (directory) => {
      const reach = { models: directModels(providers()) ?? null, consents: await inputs.consents(directory) };
      return { connected: connectedModels(providers()), reach: { ...reach, cheaper: false, trial: false } };
    },
    needsPrompt: async (question) => needsPrompt((await ask(question)).input),
    hasPromptRules: (directory) => promptRules.get(directory) ?? false,
  };
}

type Asked = { readonly input: RouteInput; readonly config: Config };

function readsPrompts(config: Config): boolean {
  const { promptChars, files } = compiledRulesOf(config).reads;
  return promptChars || files;
}

function remember(known: Map<string, boolean>, directory: string, value: boolean): void {
  if (known.size > 100) known.clear();
  known.set(directory, value);
}

/** One set for each answer of OpenCode's, so that decisions are told apart by which one it is. */
function createModelSets(
  list: (provider: ConnectedProvider) => readonly string[],
): (providers: readonly ConnectedProvider[] | null) => ReadonlySet<string> | undefined {
  const sets = new WeakMap<readonly ConnectedProvider[], ReadonlySet<string>>();
  return (providers) => {
    if (providers === null) return undefined;
    const known = sets.get(providers);
    if (known !== undefined) return known;
    const models = new Set(
      providers.flatMap((provider) => list(provider).map((model) => `${provider.id}/${model}`)),
    );
    sets.set(providers, models);
    return models;
  };
}

/** Brings together what a decision needs, and asks the core. */
import type { LoadedConfig } from '../adapters/files/load-config.ts';
import type { ConnectedProvider } from '../adapters/opencode/serve/list-providers.ts';
import { AGENTS } from '../core/agents/catalogue.ts';
import type { Config } from '../core/config/schema.ts';
import { NO_READINGS, type QuotaReadings } from '../core/quota/reading.ts';
import {
  decideRoute,
  type ExplainedRoute,
  explainRoute,
  type RouteInput,
} from '../core/routing/decide-route.ts';
import { type Mode, parseMode } from '../core/routing/mode.ts';
import type { FallbackSwitch } from '../core/routing/steps.ts';
import type { QuotaService } from './quota-service.ts';
import type { RoutingInputs } from './routing-inputs.ts';

export type RouteQuestion = {
  readonly agent: string;
  readonly directory?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly permissionMode?: string | undefined;
  /** Suppose that Claude's five-hour window stands here. */
  readonly atPercent?: number | undefined;
  readonly fallbackActive?: boolean | undefined;
};

export type Routed = ExplainedRoute & { readonly config: Config };

export type Router = {
  decide(question: RouteQuestion): Promise<Routed>;
  /** Is there any agent at all that would be routed in this folder now? */
  routesAnything(directory: string): Promise<boolean>;
};

export type RouterOptions = {
  readonly inputs: RoutingInputs;
  readonly quota: Pick<QuotaService, 'now'>;
  readonly providers: () => readonly ConnectedProvider[] | null;
  readonly now: () => number;
};

export function createRouter({ inputs, quota, providers, now }: RouterOptions): Router {
  const ask = async (question: Omit<RouteQuestion, 'agent'>): Promise<Asked> => {
    const [loaded, fusion, { readings, fallback, pace }] = await Promise.all([
      inputs.config(question.directory),
      inputs.fusion(),
      quota.now(),
    ]);
    const { config } = loaded;
    const at = now();
    const input = {
      rules: {
        ...config,
        // A mode that was asked for counts, also the one that routes less.
        fusionDefault: question.mode === undefined && config.fusionDefault,
        routing: { ...config.routing, enabled: config.routing.enabled && fusion.enabled },
      },
      mode: question.mode ?? modeOf(loaded, fusion.mode),
      fallback: suppose(fallback, question),
      quota: question.atPercent === undefined ? readings : supposed(question.atPercent, at),
      pace: config.routing.pace && pace !== null ? pace : undefined,
      now: at,
      permissionMode: question.permissionMode,
      connectedModels: connectedModels(providers()),
    };
    return { input, config };
  };

  return {
    decide: async (question) => {
      const { input, config } = await ask(question);
      return { ...explainRoute({ ...input, agent: question.agent }), config };
    },
    routesAnything: async (directory) => {
      const { input, config } = await ask({ directory });
      const names = [...AGENTS.map(({ name }) => name), ...Object.keys(config.agents)];
      return names.some((agent) => decideRoute({ ...input, agent, connectedModels: undefined }).route);
    },
  };
}

type Supposition = Pick<RouteQuestion, 'fallbackActive' | 'atPercent'>;

type Asked = { readonly input: Omit<RouteInput, 'agent'>; readonly config: Config };

/** The configuration speaks first; where it says nothing, the mode that a command or a script set. */
function modeOf({ config }: LoadedConfig, stateMode: string): Mode {
  return config.mode === 'default' ? (parseMode(stateMode) ?? 'default') : config.mode;
}

/** Whoever supposes a spent window or a fallback asks what that would do, whatever a hand holds now. */
function suppose(fallback: FallbackSwitch, { fallbackActive, atPercent }: Supposition): FallbackSwitch {
  if (fallbackActive !== undefined) return { active: fallbackActive };
  return atPercent === undefined ? fallback : { active: fallback.active };
}

function supposed(percent: number, now: number): QuotaReadings {
  return { ...NO_READINGS, fiveHour: { percent, resetsAt: null, readAt: now } };
}

function connectedModels(providers: readonly ConnectedProvider[] | null): ReadonlySet<string> | undefined {
  if (providers === null) return undefined;
  return new Set(providers.flatMap(({ id, models }) => models.map((model) => `${id}/${model}`)));
}

// The providers as a caller of the library names them, checked and in order.

import { toCanonicalProvider } from '../routing/provider-name.ts';
import { isAmount } from './amount.ts';
import { weightOf } from './weights.ts';

export type ProviderSettings = {
  /** Its share under `weighted`, relative to the others. */
  readonly weight?: number | undefined;
  /** Lower ones stand first: in turns, and wherever two are equal. Without one, it stands after those that have one. */
  readonly priority?: number | undefined;
  /** `false`: never chosen. */
  readonly enabled?: boolean | undefined;
};

export type Provider = {
  readonly name: string;
  readonly weight: number;
  readonly priority: number | null;
  readonly enabled: boolean;
};

/** The seed's. */
export const DEFAULT_PROVIDERS: Readonly<Record<string, ProviderSettings>> = {
  claude: { priority: 1 },
  openai: { priority: 2 },
  gemini: { priority: 2 },
};

export function readProviders(settings: Readonly<Record<string, ProviderSettings>>): readonly Provider[] {
  const providers = Object.entries(settings).map(([name, setting]) => readProvider(name, setting));
  const twice = providers.find(({ name }, at) => providers.findIndex((other) => other.name === name) !== at);
  if (twice !== undefined) throw new RangeError(`the provider ${twice.name} is named twice`);
  const rank = ({ priority }: Provider) => priority ?? Number.POSITIVE_INFINITY;
  return providers.toSorted((one, other) => (rank(one) === rank(other) ? 0 : rank(one) - rank(other)));
}

function readProvider(given: string, { weight, priority, enabled = true }: ProviderSettings): Provider {
  const name = toCanonicalProvider(given);
  if (weight !== undefined && !isAmount(weight)) {
    throw new RangeError(`the weight of ${given} must be a number from 0 up, but is ${weight}`);
  }
  return { name, weight: weight ?? weightOf(name, {}), priority: priority ?? null, enabled };
}

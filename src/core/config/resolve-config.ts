// Which settings hold, given what each layer says. A wrong value costs that value, never the session.
import type { UserRule } from '../rules/user-rule.ts';
import { acceptLayer, type ConfigLayer } from './accept-layer.ts';
import type { ConfigProblem } from './config-problem.ts';
import { DEFAULT_CONFIG } from './default-config.ts';
import { isPlainObject } from './key-path.ts';
import type { Config, ConfigPatch } from './schema.ts';
import { settleMode } from './settle-mode.ts';
import type { WordDistance } from './suggest.ts';

export type ResolvedConfig = { readonly config: Config; readonly problems: readonly ConfigProblem[] };

const DEFAULTS: ResolvedConfig = { config: DEFAULT_CONFIG, problems: [] };

/** Later layers win: objects are merged key by key, lists are replaced. */
export function resolveConfig(layers: readonly ConfigLayer[], distance?: WordDistance): ResolvedConfig {
  return layers.reduce<ResolvedConfig>(({ config, problems }, layer) => {
    const accepted = settleMode(acceptLayer(layer, distance), layer.source, config.mode);
    const patch = layer.origin === 'project' ? besideOwnRules(config, accepted.patch) : accepted.patch;
    return { config: applyPatch(config, patch), problems: [...problems, ...accepted.problems] };
  }, DEFAULTS);
}

function applyPatch(config: Config, { $schema: _, ...patch }: RulePatch): Config {
  return merge(config, patch) as Config;
}

/** A repository's rules may not make the user's own go away. */
function besideOwnRules(config: Config, { rules, ...patch }: ConfigPatch): RulePatch {
  if (rules === undefined) return patch;
  const theirs: readonly UserRule[] = rules.map((rule) => ({ ...rule, origin: 'project' }));
  return { ...patch, rules: [...config.rules, ...theirs] };
}

type RulePatch = Omit<ConfigPatch, 'rules'> & { readonly rules?: readonly UserRule[] | undefined };

function merge(base: unknown, over: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(over)) return over;
  const merged = Object.entries(over)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, merge(base[key], value)]);
  return { ...base, ...Object.fromEntries(merged) };
}

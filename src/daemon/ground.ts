/** What all parts of the daemon stand on. */
import type { Paths } from '../adapters/files/paths.ts';
import { REDIS_URL_VARIABLE } from '../adapters/files/read-redis-address.ts';
import type { Config } from '../core/config/schema.ts';
import type { Log } from './log/log.ts';
import { createRoutingInputs, type RoutingInputs } from './routing/routing-inputs.ts';
import { withoutVariables } from './without-variables.ts';

export type Ground = {
  readonly paths: Paths;
  readonly env: NodeJS.ProcessEnv;
  /** For the programs that we start: without what only we are to know. */
  readonly childEnv: NodeJS.ProcessEnv;
  /** As it was when the daemon started, for what does not change while it runs. */
  readonly config: Config;
  readonly inputs: RoutingInputs;
  /** As it is now, in this folder or in none. */
  readonly configOf: (directory: string | undefined) => Promise<Config>;
  readonly now: () => number;
  readonly log: Log;
  readonly onProblem: (code: string, message: string) => void;
};

type Bare = Pick<Ground, 'paths' | 'env' | 'log' | 'now' | 'onProblem'>;

export async function layGround(bare: Bare): Promise<Ground> {
  const { paths, env, onProblem } = bare;
  const inputs = createRoutingInputs({ paths, env, onProblem });
  const configOf = async (directory: string | undefined) => (await inputs.config(directory)).config;
  const config = await configOf(undefined);
  const passwords = config.pool.remotes.map(({ passwordEnv }) => passwordEnv);
  const childEnv = withoutVariables(env, [REDIS_URL_VARIABLE, ...passwords]);
  return { ...bare, inputs, configOf, config, childEnv };
}

// Is what a provider has said to one machine true for the others of its team, too?
//
//   a limit ─────────── of an account: for those that ask with the same one, which they say themselves
//   a server error ──── the provider's own: for everybody, where the provider has answered at all
//   a refused key ───── of one machine's login: for nobody else
//   anything of Claude  for nobody else: each user's quota stays that user's own

import type { Trouble } from '../circuit/circuit-state.ts';
import type { Failure, FailureCode } from '../delegation/failure.ts';
import { toCanonicalProvider } from '../routing/provider-name.ts';

export type Concern = Pick<Trouble, 'code'> & {
  /** `provider/model`, or `provider/*`. */
  readonly key: string;
};

const REACH: { readonly [C in FailureCode]?: 'account' | 'provider' } = {
  'provider-rate-limited': 'account',
  'provider-quota-exhausted': 'account',
  'provider-unavailable': 'provider',
};

/** `accounts`: providers that this machine asks with the team's account. */
export function concernsTeam({ key, code }: Concern, accounts: readonly string[]): boolean {
  const provider = toCanonicalProvider(key.slice(0, Math.max(0, key.indexOf('/'))));
  if (provider === '' || provider === 'claude') return false;
  const reach = REACH[code];
  return (
    reach === 'provider' || (reach === 'account' && accounts.map(toCanonicalProvider).includes(provider))
  );
}

/** OpenCode tells in prose: words of a server that has answered, and of a connection, which may be this machine's. */
const ANSWERED = /overload|unavailable|capacity|server.{0,12}error|bad gateway|gateway time|\b5\d\d\b/i;
const NOT_REACHED =
  /econn|enotfound|eai_again|epipe|fetch failed|socket|connect|network|certificate|\btls\b|proxy|dns/i;

export function wasReached({ code, detail = '' }: Pick<Failure, 'code' | 'detail'>): boolean {
  return code !== 'provider-unavailable' || (ANSWERED.test(detail) && !NOT_REACHED.test(detail));
}

// The envelope in OpenCode's words: the ruleset of a new session. The last rule that matches wins, and it beats
// the project's own config. `plan` and `explore` alone are not read-only.
//
// Child sessions inherit the denials and the external_directory rules, and nothing else (1.18.33): an `ask` is not
// asked there. So a task whose edits must be asked about may have no children.

import type { Grant } from './envelope.ts';

export type OpencodeRule = {
  readonly permission: string;
  readonly pattern: string;
  readonly action: 'allow' | 'deny' | 'ask';
};

const allow = (permission: string, pattern = '*'): OpencodeRule => ({ permission, pattern, action: 'allow' });
const deny = (permission: string, pattern = '*'): OpencodeRule => ({ permission, pattern, action: 'deny' });
/** Asked, so that each call comes to `decidePermission` with its paths, and into the log. */
const ask = (permission: string): OpencodeRule => ({ permission, pattern: '*', action: 'ask' });

/** Needed because an `allow` for all reading overrides OpenCode's own question about these files. */
const SECRETS: readonly OpencodeRule[] = [
  deny('read', '*.env'),
  deny('read', '*.env.*'),
  allow('read', '*.env.example'),
];

const READ_ONLY: readonly OpencodeRule[] = [
  deny('*'),
  allow('read'),
  ...SECRETS,
  allow('grep'),
  allow('glob'),
  allow('list'),
];

const RULES: Readonly<Record<Grant['kind'], readonly OpencodeRule[]>> = {
  'read-only': READ_ONLY,
  'edit-in-project': [
    ...READ_ONLY,
    ask('edit'),
    allow('todowrite'),
    allow('todoread'),
    deny('external_directory'),
  ],
  // A question or a doom loop would wait for ever: nobody sits at a headless session.
  full: [
    allow('*'),
    ...SECRETS,
    ask('edit'),
    ask('bash'),
    deny('question'),
    ask('external_directory'),
    deny('doom_loop'),
  ],
};

export function toOpencodeRules(grant: Grant): readonly OpencodeRule[] {
  return RULES[grant.kind];
}

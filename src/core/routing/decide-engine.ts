// By which engine does another model answer this call: OpenCode, with its own tools, or Claude Code's own hands?
//
//   configured opencode ─ nobody sees the requests ─▶ opencode
//   configured native-tools ─▶ the targets that can be asked directly, and that no project refuses; none: opencode
//   auto ─ it writes, or was measured to cost less ─ the first target has a key, and the user's consent ─▶ native-tools
//     ├─ it reads, and what it costs this way is to be measured with this call ─ the same ─▶ native-tools
//     └─ otherwise opencode; a writer whom the permissions keep from there goes to a later target that has both

import type { Engine, EngineWish, Target } from './decision.ts';
import { modelRef } from './list-targets.ts';

export type Consent = 'yes' | 'never';

/** All vendors. */
export const ANY_VENDOR = '*';

/** What is known of the way to a model past OpenCode. */
export type DirectReach = {
  /** Claude Code shows its model requests to the mod. Where it does not, nobody else can answer them. */
  readonly seesRequests: boolean;
  /** `provider/model`s for which OpenCode has a key, and whose vendor is spoken to; `null`: nobody has asked it. */
  readonly models: ReadonlySet<string> | null;
  /** What the user has said for this project, by OpenCode's name of the provider. */
  readonly consents: ReadonlyMap<string, Consent>;
  /** By what was measured, this agent costs less with Claude Code's own tools. */
  readonly cheaper: boolean;
  /** What it costs that way is not known yet, and this call is to tell. */
  readonly trial: boolean;
};

export type EngineChoice = {
  readonly engine: Engine;
  /** Stable, readable: `writes`, `no-consent-openai`, … */
  readonly why: string;
  readonly targets: readonly [Target, ...Target[]];
};

export type EngineQuestion = {
  readonly wish: EngineWish;
  readonly writes: boolean;
  readonly targets: readonly [Target, ...Target[]];
  /** Left out where the mod does not ask. */
  readonly reach: DirectReach | undefined;
  /** The permissions let OpenCode do it. */
  readonly mayOpencode: boolean;
};

export function decideEngine(question: EngineQuestion): EngineChoice {
  const { wish, targets, reach } = question;
  const byOpencode = (why: string): EngineChoice => ({ engine: 'opencode', why, targets });
  if (wish === 'opencode') return byOpencode('configured');
  if (reach === undefined) return byOpencode('no-mod');
  if (!reach.seesRequests) return byOpencode('requests-unseen');

  const wanted = wish === 'native-tools' ? 'configured' : whyWanted(question, reach);
  if (wanted === null) return byOpencode('reads');
  const [first] = targets;
  const objection = findObjection(first, wish, reach);
  // A later target is worth less, and so only for who could not go at all.
  if (objection !== null && wish === 'auto' && question.mayOpencode)
    // Nobody is asked for his consent for the sake of a measurement.
    return byOpencode(wanted === 'trial' ? 'reads' : objection);
  const [best, ...others] = targets.filter((target) => findObjection(target, wish, reach) === null);
  if (best === undefined) return byOpencode(objection ?? wanted);
  return { engine: 'native-tools', why: wanted, targets: [best, ...others] };
}

/** The provider that the user would have to agree to. */
export function missingConsent(why: string | undefined): string | null {
  return why?.startsWith(NO_CONSENT) === true ? why.slice(NO_CONSENT.length) : null;
}

const NO_CONSENT = 'no-consent-';

function whyWanted({ writes }: EngineQuestion, { cheaper, trial }: DirectReach): string | null {
  if (writes) return 'writes';
  if (cheaper) return 'cheaper';
  return trial ? 'trial' : null;
}

/** Who has chosen this engine himself has agreed to it, but for the projects that he has taken out. */
function findObjection(target: Target, wish: EngineWish, { models, consents }: DirectReach): string | null {
  const vendor = target.opencodeProvider;
  const said = consents.get(vendor) ?? consents.get(ANY_VENDOR);
  if (said === 'never') return `refused-${vendor}`;
  if (models?.has(modelRef(target)) === false) return `no-key-${vendor}`;
  return said === 'yes' || wish === 'native-tools' ? null : `${NO_CONSENT}${vendor}`;
}

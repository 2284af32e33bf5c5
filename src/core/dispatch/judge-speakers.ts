// Do a worker and the schedulers of its team understand each other? What counts is the protocol, and no program's version.

export type Speaker = { readonly host: string; readonly version: string; readonly protocol: number };

export type Understanding =
  /** No scheduler is there who could be misunderstood. */
  | { readonly kind: 'nobody' }
  /** `strangers`: tasks of these are for other workers. */
  | { readonly kind: 'understood'; readonly strangers: readonly Speaker[] }
  /** `stranger`: the one that is farthest from ours. `isOurs`: the older side is ours. */
  | { readonly kind: 'strange'; readonly stranger: Speaker; readonly isOurs: boolean };

export function judgeSpeakers(protocol: number, speakers: readonly Speaker[]): Understanding {
  const strangers = speakers.filter((speaker) => speaker.protocol !== protocol);
  if (speakers.length > strangers.length) return { kind: 'understood', strangers };
  const [stranger] = [...strangers].sort((one, other) => other.protocol - one.protocol);
  if (stranger === undefined) return { kind: 'nobody' };
  return { kind: 'strange', stranger, isOurs: stranger.protocol > protocol };
}

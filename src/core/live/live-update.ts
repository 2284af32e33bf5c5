/**
 * How somebody who looks on stays true, also after a break: each change has a number, and whoever names the last one that
 * he knows gets what came after it, or everything where that is not kept any more.
 *
 *   nothing known ────────────▶ snapshot ─▶ changes ─▶ changes ─▶ ···
 *   seq of this life, kept ───▶ changes
 *   of another life, too old ─▶ snapshot
 */
import { advanceLive } from './advance-live.ts';
import type { LiveChange } from './live-change.ts';
import type { LiveState } from './live-state.ts';

/** `life`: of the daemon; the numbers of another one say nothing. */
export type LivePlace = { readonly life: string; readonly seq: number };

export type LiveUpdate =
  | (LivePlace & { readonly kind: 'snapshot'; readonly state: LiveState })
  | (LivePlace & { readonly kind: 'changes'; readonly changes: readonly LiveChange[] });

export type LiveHistory = LivePlace & {
  readonly state: LiveState;
  /** The last ones; `seq` is the number of the last of them. */
  readonly changes: readonly LiveChange[];
};

export function noteChanges(
  before: LiveHistory,
  changes: readonly LiveChange[],
  mostKept: number,
): LiveHistory {
  return {
    life: before.life,
    seq: before.seq + changes.length,
    state: advanceLive(before.state, changes),
    changes: [...before.changes, ...changes].slice(-mostKept),
  };
}

export function catchUp({ life, seq, state, changes }: LiveHistory, known: LivePlace | null): LiveUpdate {
  const missed = known === null || known.life !== life ? Number.POSITIVE_INFINITY : seq - known.seq;
  if (missed < 0 || missed > changes.length) return { kind: 'snapshot', life, seq, state };
  return { kind: 'changes', life, seq, changes: missed === 0 ? [] : changes.slice(-missed) };
}

export type LiveCopy = LivePlace & { readonly state: LiveState };

/** `null`: it does not follow on what is known, so everything has to be asked for again. */
export function takeUpdate(copy: LiveCopy | null, update: LiveUpdate): LiveCopy | null {
  const { life, seq } = update;
  if (update.kind === 'snapshot') return { life, seq, state: update.state };
  if (copy === null || copy.life !== life || copy.seq + update.changes.length !== seq) return null;
  return { life, seq, state: advanceLive(copy.state, update.changes) };
}

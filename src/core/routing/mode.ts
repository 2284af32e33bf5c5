/** How much is routed while nothing is short. */
export type RoutingMode = 'default' | 'save-tokens' | 'fusion';

/** `shadow` decides as `fusion` does, and routes nothing: what would have happened is written down. */
export type Mode = RoutingMode | 'shadow';

export const MODE_NAMES = ['default', 'save-tokens', 'fusion', 'shadow'] as const satisfies readonly Mode[];

/** The seed's spellings beside ours. */
const MODES: ReadonlyMap<unknown, Mode> = new Map([
  ['default', 'default'],
  ['save-tokens', 'save-tokens'],
  ['saveTokens', 'save-tokens'],
  ['fusion', 'fusion'],
  ['fusionDefault', 'fusion'],
  ['fusion-default', 'fusion'],
  ['shadow', 'shadow'],
]);

export function parseMode(mode: unknown): Mode | null {
  return MODES.get(mode) ?? null;
}

/** A mode that was chosen counts; the seed's `fusionDefault` speaks where none was. */
export function settleMode(chosen: Mode, fusionDefault: boolean): Mode {
  return chosen === 'default' && fusionDefault ? 'fusion' : chosen;
}

/** The mode whose decisions are made. */
export function decidingMode(mode: Mode): RoutingMode {
  return mode === 'shadow' ? 'fusion' : mode;
}

/** How much is routed while nothing is short. */
export type Mode = 'default' | 'save-tokens' | 'fusion';

/** The seed's spellings beside ours. */
const MODES: ReadonlyMap<unknown, Mode> = new Map([
  ['default', 'default'],
  ['save-tokens', 'save-tokens'],
  ['saveTokens', 'save-tokens'],
  ['fusion', 'fusion'],
  ['fusionDefault', 'fusion'],
  ['fusion-default', 'fusion'],
]);

export function parseMode(mode: unknown): Mode | null {
  return MODES.get(mode) ?? null;
}

/** A mode that was chosen counts; the seed's `fusionDefault` speaks where none was. */
export function settleMode(chosen: Mode, fusionDefault: boolean): Mode {
  return chosen === 'default' && fusionDefault ? 'fusion' : chosen;
}

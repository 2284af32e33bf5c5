// Colours follow NO_COLOR, FORCE_COLOR and each stream's own terminal. picocolors by itself looks at stdout only,
// takes FORCE_COLOR=0 for a yes, and colours whatever runs in CI.
import picocolors from 'picocolors';
import type { Environment } from '../adapters/files/paths.ts';

export type Colours = ReturnType<typeof picocolors.createColors>;

export function coloursFor(stream: { readonly isTTY?: boolean }, env: Environment): Colours {
  return picocolors.createColors(wantsColours(stream, env));
}

function wantsColours(stream: { readonly isTTY?: boolean }, env: Environment): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

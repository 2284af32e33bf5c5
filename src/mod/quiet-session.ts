import type { QUIET_SESSION } from '../protocol/quiet-session.ts';
import type { Dollar } from './engine-interface.ts';

/** Somebody has decided already that what happens in this session stays in it. */
export async function isQuiet($: Dollar): Promise<boolean> {
  // Claude Code loads no mod that reads a variable whose name is not written out.
  return Boolean(await $.env.get('OMCM_OFF' satisfies typeof QUIET_SESSION).catch(() => undefined));
}

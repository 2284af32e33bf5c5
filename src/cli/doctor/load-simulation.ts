import { CommandError } from '../command-error.ts';
import type { Messages } from '../messages.ts';

/** The simulated providers need a package that only an installation by npm has: the plugin comes without it. */
export async function loadSimulation<T>(load: () => Promise<T>, { doctor }: Messages): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const [message, hint] = [doctor.simulationMissing(), doctor.simulationMissingHint()];
    throw new CommandError({ code: 'simulation-missing', exit: 'failed', message, hint });
  }
}

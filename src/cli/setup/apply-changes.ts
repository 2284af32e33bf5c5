/** Does one change after the other; where one fails, all of this run are taken back. */
import type { Cli } from '../cli.ts';
import type { Change } from './change.ts';
import { placesOf } from './places.ts';
import { keepRecord } from './setup-record.ts';

export async function applyChanges(cli: Cli, changes: readonly Change[]): Promise<void> {
  const { output, m } = cli;
  const keeper = await keepRecord(placesOf(cli).record);
  // Ctrl-C reaches the program that we wait for as well: it fails, and all is taken back.
  const stayToTakeBack = () => undefined;
  process.on('SIGINT', stayToTakeBack);
  try {
    for (const { id, target, apply } of changes) {
      await apply(keeper);
      output.say(
        `${output.talkColours.green('✓')} ${m.setup.changed[id]}  ${output.talkColours.dim(target)}`,
      );
    }
    await keeper.finish();
  } catch (error) {
    await keeper.rollBack();
    throw error;
  } finally {
    process.off('SIGINT', stayToTakeBack);
  }
}

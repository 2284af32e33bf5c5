/** Gives the program its hidden `complete`, which answers a shell at each TAB. All commands must be there already. */
import addCompletion from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { COMPLETION } from './names.ts';

export function addComplete(program: Command): void {
  // Its own `completion` stands in for ours, which this program goes without.
  addCompletion(program, { completionCommandName: COMPLETION });
}

import { resolve } from 'node:path';
import type { Cli } from '../cli.ts';
import { readInput } from '../run/read-prompt.ts';
import { type BatchRead, readBatch, readBatchText } from './read-batch.ts';

/** Of the file, or of all that comes by standard input for `-`. */
export async function readTasks({ m }: Cli, file: string): Promise<BatchRead> {
  return file === '-' ? readBatchText(file, await readInput(m)) : readBatch(resolve(file));
}

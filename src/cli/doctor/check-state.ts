import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../adapters/files/file-failure.ts';
import type { Messages } from '../messages.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export async function checkState(stateDir: string, m: Messages): Promise<readonly Finding[]> {
  return Promise.all([checkFolder(stateDir, m), checkDamaged(stateDir, m)]);
}

async function checkFolder(stateDir: string, { doctor }: Messages): Promise<Finding> {
  const obstacle = await findObstacle(stateDir);
  if (obstacle === null) return ok('state-folder', doctor.stateFolder(stateDir));
  return fail(
    'state-folder',
    doctor.stateFolderClosed(stateDir, obstacle),
    doctor.stateFolderRemedy(stateDir),
  );
}

/** A folder that is not there yet is made in the nearest one that is. */
async function findObstacle(folder: string): Promise<string | null> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return (await isFolder(folder)) ? null : 'ENOTDIR';
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    return code === 'ENOENT' && dirname(folder) !== folder ? findObstacle(dirname(folder)) : code;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  );
}

async function checkDamaged(stateDir: string, { doctor }: Messages): Promise<Finding> {
  const names = await readdir(stateDir).catch(() => []);
  const damaged = names.filter((name) => name.includes('.corrupt-')).sort();
  if (damaged.length === 0) return ok('state-files', doctor.stateFiles());
  return warn('state-files', doctor.stateFilesDamaged(damaged.join(', ')), doctor.stateFilesRemedy(stateDir));
}

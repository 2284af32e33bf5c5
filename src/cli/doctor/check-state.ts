import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../adapters/files/file-failure.ts';
import { inspectStateFiles, type StateFileStanding } from '../../adapters/files/inspect-state-files.ts';
import type { Paths } from '../../adapters/files/paths.ts';
import type { Messages } from '../messages.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export async function checkState(paths: Paths, m: Messages): Promise<readonly Finding[]> {
  const { stateDir } = paths;
  const [folder, files] = await Promise.all([checkFolder(stateDir, m), checkFiles(paths, m)]);
  return [folder, ...files];
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

async function checkFiles(paths: Paths, { doctor }: Messages): Promise<readonly Finding[]> {
  const { stateDir } = paths;
  const [names, files] = await Promise.all([readdir(stateDir).catch(() => []), inspectStateFiles(paths)]);
  const aside = names.filter((name) => name.includes('.corrupt-')).sort();
  const of = (standing: StateFileStanding['standing']) =>
    files.filter((file) => file.standing === standing).map(({ name }) => name);
  const [damaged, newer, unreadable] = [of('damaged'), of('newer'), of('unreadable')];
  const found = [
    ...told(aside, (list) =>
      warn('state-files', doctor.stateFilesDamaged(list), doctor.stateFilesRemedy(stateDir)),
    ),
    ...told(damaged, (list) =>
      warn('state-files', doctor.stateFilesBroken(list), doctor.stateFilesBrokenRemedy()),
    ),
    ...told(newer, (list) => warn('state-files', doctor.stateFilesNewer(list), doctor.updateRemedy())),
    ...told(unreadable, (list) =>
      fail('state-files', doctor.stateFilesClosed(list), doctor.stateFolderRemedy(stateDir)),
    ),
  ];
  return found.length === 0 ? [ok('state-files', doctor.stateFiles())] : found;
}

function told(names: readonly string[], tell: (list: string) => Finding): readonly Finding[] {
  return names.length === 0 ? [] : [tell(names.join(', '))];
}

// Moves a damaged file out of the way, beside itself, so that nothing of it is lost.
import { access, rename } from 'node:fs/promises';

/** Gives the new path, or null where the folder does not let us. Call it under the file's lock. */
export async function setAside(file: string, at: number): Promise<string | null> {
  try {
    const target = await freeName(`${file}.corrupt-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}`);
    await rename(file, target);
    return target;
  } catch {
    return null;
  }
}

async function freeName(name: string, tries = 1): Promise<string> {
  const candidate = tries === 1 ? name : `${name}-${tries}`;
  return (await exists(candidate)) ? freeName(name, tries + 1) : candidate;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

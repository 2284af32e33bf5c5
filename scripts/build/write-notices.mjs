// The licence texts of the packages that are bundled into ours: their licences ask for it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param {string} file
 * @param {{ root: string, packages: readonly string[] }} options
 */
export async function writeNotices(file, { root, packages }) {
  const notices = await Promise.all(packages.map((name) => noticeOf(join(root, 'node_modules', name))));
  await writeFile(file, notices.join(`\n${'-'.repeat(80)}\n\n`));
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const licenceFile = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = licenceFile ? await readFile(join(folder, licenceFile), 'utf8') : '';
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

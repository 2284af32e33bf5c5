// One configuration file: absent, usable, or unusable with the problem said. It never throws.
import { readFile, stat } from 'node:fs/promises';
import type { ConfigProblem } from '../../core/config/config-problem.ts';
import { parseConfigText, splitByteOrderMark } from './config-text.ts';
import { describeFailure, errorCode, failureFrom } from './file-failure.ts';
import { isYamlFile } from './find-config-file.ts';
import { parseYamlText } from './yaml-text.ts';

export type ConfigFileText =
  | { readonly kind: 'missing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly problem: ConfigProblem };

export type ConfigFileRead =
  | { readonly kind: 'missing' }
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'unusable'; readonly problem: ConfigProblem };

/** All settings with every agent named take a few kilobytes. */
const MAX_BYTES = 1024 * 1024;

export async function readConfigFile(file: string): Promise<ConfigFileRead> {
  const read = await readConfigFileText(file);
  if (read.kind === 'missing') return read;
  if (read.kind === 'unreadable') return { kind: 'unusable', problem: read.problem };
  const { body } = splitByteOrderMark(read.text);
  const parsed = isYamlFile(file) ? await parseYamlText(file, body) : parseConfigText(file, body);
  if (parsed.kind === 'syntax') return { kind: 'unusable', problem: parsed.problem };
  return { kind: 'ok', value: parsed.value };
}

export async function readConfigFileText(file: string): Promise<ConfigFileText> {
  try {
    const { size, isFile } = await look(file);
    // A pipe or a device would be read for ever.
    if (!isFile) return unreadable(file, 'something that is not a file');
    if (size > MAX_BYTES) return unreadable(file, `a file of ${size} bytes`);
    const text = decode(await readFile(file));
    return text === null ? unreadable(file, 'a file that is not UTF-8 text') : { kind: 'text', text };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'missing' };
    const { message } = errorCode(error) ? failureFrom(error, file) : describeFailure('io', file);
    return unreadable(file, 'a file that cannot be read', message);
  }
}

async function look(file: string): Promise<{ readonly size: number; readonly isFile: boolean }> {
  const stats = await stat(file);
  return { size: stats.size, isFile: stats.isFile() };
}

function decode(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function unreadable(file: string, received: string, detail?: string): ConfigFileText {
  const message = detail ?? `${file}: this is ${received}.`;
  return {
    kind: 'unreadable',
    problem: {
      source: file,
      keyPath: '',
      code: 'unreadable',
      expected: `a readable text file of at most ${MAX_BYTES} bytes`,
      received,
      message: `${message} Its settings are ignored.`,
    },
  };
}

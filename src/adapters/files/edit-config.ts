// Reads one setting, and changes one in a person's own file: comments and layout stay as they are.
import { isDeepStrictEqual } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { settingAt } from '../../core/config/config-keys.ts';
import type { ConfigProblem } from '../../core/config/config-problem.ts';
import { hasValueAt, isPlainObject, nestValue, valueAt } from '../../core/config/key-path.ts';
import { resolveConfig } from '../../core/config/resolve-config.ts';
import type { Config } from '../../core/config/schema.ts';
import { suggestKeyPath } from '../../core/config/suggest.ts';
import { parseConfigText, splitByteOrderMark } from './config-text.ts';
import { setInJsonText } from './edit-json-text.ts';
import { editYamlText } from './edit-yaml.ts';
import { type FileFailure, failureFrom } from './file-failure.ts';
import { findConfigFile, isYamlFile } from './find-config-file.ts';
import { readConfigFileText } from './read-config-file.ts';
import { withFileLock } from './with-file-lock.ts';
import { writePrivateFile } from './write-private-file.ts';
import { parseYamlText } from './yaml-text.ts';

export type ConfigValue =
  | { readonly kind: 'found'; readonly value: unknown }
  /** The key exists and nothing is set there: `agents.writer.model`. */
  | { readonly kind: 'unset' }
  | { readonly kind: 'unknown-key'; readonly suggestion: string | undefined };

export type ConfigEdit =
  | { readonly kind: 'written'; readonly file: string }
  | { readonly kind: 'refused'; readonly problem: ConfigProblem }
  | { readonly kind: 'failed'; readonly failure: FileFailure };

export function getConfigValue(config: Config, keyPath: string): ConfigValue {
  const path = splitKeyPath(keyPath);
  if (hasValueAt(config, path)) return { kind: 'found', value: valueAt(config, path) };
  if (settingAt(path) !== undefined) return { kind: 'unset' };
  return { kind: 'unknown-key', suggestion: suggestKeyPath(path, distance) };
}

export type SetConfigInput = {
  readonly file: string;
  readonly keyPath: string;
  /** What a file may hold at that key; undefined takes the key out. */
  readonly value: unknown;
};

export async function setConfigValue({ file, keyPath, value }: SetConfigInput): Promise<ConfigEdit> {
  const path = splitKeyPath(keyPath);
  const [wrong] = resolveConfig([{ source: file, value: nestValue(path, value) }], distance).problems;
  if (wrong) return refused(wrong);
  try {
    const { file: found } = await findConfigFile(file);
    const edit = isYamlFile(found) ? editYamlUnderLock : editUnderLock;
    return await withFileLock(found, () => edit(found, path, value));
  } catch (error) {
    return { kind: 'failed', failure: failureFrom(error, file) };
  }
}

export function splitKeyPath(keyPath: string): readonly string[] {
  return keyPath.split('.');
}

async function editUnderLock(file: string, path: readonly string[], value: unknown): Promise<ConfigEdit> {
  const read = await readConfigFileText(file);
  if (read.kind === 'unreadable') return refused(read.problem);

  const { mark, body } = splitByteOrderMark(read.kind === 'text' ? read.text : '');
  const parsed = parseConfigText(file, body);
  if (parsed.kind === 'syntax') return refused(parsed.problem);

  const blocked = blockedAt(parsed.value, path);
  if (blocked !== null) return refused(notAnObject(file, blocked));

  const edited = setInJsonText(withoutRival(body.trim() === '' ? '{}\n' : body, path), path, value);
  const proof = parseConfigText(file, edited);
  if (proof.kind === 'syntax' || !isDeepStrictEqual(plain(valueAt(proof.value, path)), plain(value))) {
    return refused(twice(file, path));
  }
  await writePrivateFile(file, mark + edited);
  return { kind: 'written', file };
}

async function editYamlUnderLock(file: string, path: readonly string[], value: unknown): Promise<ConfigEdit> {
  const read = await readConfigFileText(file);
  if (read.kind === 'unreadable') return refused(read.problem);
  const text = read.kind === 'text' ? read.text : '';
  const parsed = await parseYamlText(file, text);
  if (parsed.kind === 'syntax') return refused(parsed.problem);
  const blocked = blockedAt(parsed.value, path);
  if (blocked !== null) return refused(notAnObject(file, blocked));

  const rival = rivalOf(path);
  const alone = rival === undefined ? text : await editYamlText(text, [rival], undefined);
  const edited = alone === null ? null : await editYamlText(alone, path, value);
  const proof = edited === null ? null : await parseYamlText(file, edited);
  if (
    edited === null ||
    proof?.kind !== 'ok' ||
    !isDeepStrictEqual(plain(valueAt(proof.value, path)), plain(value))
  )
    return refused(twice(file, path));
  await writePrivateFile(file, edited);
  return { kind: 'written', file };
}

/** Each of the two is another spelling of the other; left there, it could outvote the new value. */
const RIVALS: Readonly<Record<string, string>> = { mode: 'fusionDefault', fusionDefault: 'mode' };

function rivalOf(path: readonly string[]): string | undefined {
  return path.length === 1 ? RIVALS[path[0] ?? ''] : undefined;
}

function withoutRival(text: string, path: readonly string[]): string {
  const rival = rivalOf(path);
  return rival === undefined ? text : setInJsonText(text, [rival], undefined);
}

/** The part of the path where the file holds something that can have no keys. */
function blockedAt(value: unknown, path: readonly string[]): string | null {
  const prefixes = path.map((_, length) => path.slice(0, length));
  const blocked = prefixes.find(
    (prefix) => hasValueAt(value, prefix) && !isPlainObject(valueAt(value, prefix)),
  );
  return blocked === undefined ? null : blocked.join('.');
}

/** Through JSON, so that only what a file can hold is compared. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}

function refused(problem: ConfigProblem): ConfigEdit {
  return { kind: 'refused', problem };
}

function notAnObject(source: string, keyPath: string): ConfigProblem {
  const subject = keyPath === '' ? 'the configuration' : keyPath;
  return {
    source,
    keyPath,
    code: 'invalid-value',
    expected: 'an object',
    received: 'something else',
    message: `${source}: ${subject} must be an object; mend it by hand first.`,
  };
}

function twice(source: string, path: readonly string[]): ConfigProblem {
  const keyPath = path.join('.');
  return {
    source,
    keyPath,
    code: 'contradiction',
    expected: 'each key once',
    received: `${keyPath} more than once`,
    message: `${source}: a key of ${keyPath} stands there more than once; remove all but one first.`,
  };
}

// One look at a file that should hold a JSON object.
import { open } from 'node:fs/promises';
import { errorCode, type FileFailure, failureFrom } from './file-failure.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export type JsonObjectRead =
  | { readonly kind: 'ok'; readonly raw: JsonObject; readonly modifiedAt: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'failed'; readonly failure: FileFailure };

export async function readJsonObject(file: string): Promise<JsonObjectRead> {
  try {
    const { text, modifiedAt } = await readWithTime(file);
    return parseJsonObject(text, modifiedAt);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'missing' };
    return { kind: 'failed', failure: failureFrom(error, file) };
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readWithTime(file: string): Promise<{ text: string; modifiedAt: number }> {
  // One handle for both, so that the time belongs to the text.
  const handle = await open(file, 'r');
  try {
    const { mtimeMs } = await handle.stat();
    return { text: await handle.readFile('utf8'), modifiedAt: mtimeMs };
  } finally {
    await handle.close();
  }
}

function parseJsonObject(text: string, modifiedAt: number): JsonObjectRead {
  try {
    // A byte order mark is what a Windows editor leaves behind, not damage.
    const raw: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isJsonObject(raw) ? { kind: 'ok', raw, modifiedAt } : { kind: 'damaged' };
  } catch {
    return { kind: 'damaged' };
  }
}

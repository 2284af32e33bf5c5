// Claude Code's own lists of plugins and marketplaces, without what is ours.
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from '../../adapters/files/read-json-object.ts';
import { isOurPlugin, PLUGIN_NAME } from './claude-settings-text.ts';

/** `null`: nothing is left, so that there need be no file. */
export function installedWithoutOurs(text: string): JsonObject | null {
  const list = read(text);
  const plugins = isJsonObject(list.plugins) ? omit(list.plugins, isOurPlugin) : {};
  return Object.keys(plugins).length === 0 ? null : { ...list, plugins };
}

export function marketplacesWithoutOurs(text: string): JsonObject | null {
  const rest = omit(read(text), (name) => name === PLUGIN_NAME);
  return Object.keys(rest).length === 0 ? null : rest;
}

export function sameList(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

function omit(held: JsonObject, isOut: (name: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(held).filter(([name]) => !isOut(name)));
}

function read(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

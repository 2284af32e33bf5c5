// Claude Code's settings.json with what is ours in it, and without. Claude Code reads strict JSON only: a comment makes
// it ignore the whole file.
import { isDeepStrictEqual } from 'node:util';
import { parse, stripComments } from 'jsonc-parser';
import { setInJsonText } from '../../adapters/files/edit-json-text.ts';
import { isJsonObject, type JsonObject } from '../../adapters/files/read-json-object.ts';
import { withoutValueAt } from '../../core/config/key-path.ts';
import { parseStatusLineCommand } from '../../core/status-line/status-line-command.ts';

export const PLUGIN_NAME = 'omcm';

/** Where in the settings something of ours may stand, by the keys of its plugin and its marketplace. */
const OURS = [
  ['enabledPlugins', isOurPlugin],
  ['pluginConfigs', isOurPlugin],
  ['extraKnownMarketplaces', (name: string) => name === PLUGIN_NAME],
] as const;

export function isOurPlugin(key: string): boolean {
  return key.split('@')[0] === PLUGIN_NAME;
}

/** `null` where it is not even JSON with comments. */
export function readSettingsText(text: string): JsonObject | null {
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  return isJsonObject(value) ? value : null;
}

export function isStrictJson(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}

/** The same settings as Claude Code can read them, in their old layout where that is possible. */
export function toStrictJson(text: string): string {
  const bare = stripComments(text.replace(/^\uFEFF/, ''));
  if (isStrictJson(bare)) return bare;
  return `${JSON.stringify(readSettingsText(text) ?? {}, null, 2)}\n`;
}

export function withoutOurs(text: string): string {
  const settings = readSettingsText(text) ?? {};
  const lighter = OURS.reduce((left, [key, isOurs]) => withoutNames(left, key, isOurs), text);
  const { statusLine } = settings;
  if (!isJsonObject(statusLine)) return lighter;
  const ours = parseStatusLineCommand(String(statusLine.command ?? ''));
  if (ours === null) return lighter;
  if (ours.around === null) return setInJsonText(lighter, ['statusLine'], undefined);
  return setInJsonText(lighter, ['statusLine', 'command'], ours.around);
}

/** Do both say the same, apart from what is ours, whatever their layout? */
export function sayTheSame(a: string, b: string): boolean {
  return isDeepStrictEqual(essence(a), essence(b));
}

function withoutNames(text: string, key: string, isOurs: (name: string) => boolean): string {
  const held = readSettingsText(text)?.[key];
  if (!isJsonObject(held)) return text;
  const names = Object.keys(held);
  const ours = names.filter(isOurs);
  // Claude Code leaves an empty one behind.
  if (ours.length === 0 && names.length > 0) return text;
  if (ours.length === names.length) return setInJsonText(text, [key], undefined);
  return ours.reduce((left, name) => setInJsonText(left, [key, name], undefined), text);
}

/** Claude Code leaves empty objects behind, which say nothing. */
function essence(text: string): unknown {
  const settings: unknown = readSettingsText(withoutOurs(text)) ?? {};
  return OURS.reduce<unknown>((left, [key]) => {
    const held = isJsonObject(left) ? left[key] : undefined;
    return isJsonObject(held) && Object.keys(held).length === 0 ? withoutValueAt(left, [key]) : left;
  }, settings);
}

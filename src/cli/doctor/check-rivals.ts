/** Does somebody else decide about the same calls: another plugin, a hook, a rule that denies subagents? */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isJsonObject, type JsonObject } from '../../adapters/files/read-json-object.ts';
import type { Messages } from '../messages.ts';
import type { ClaudeSetup, PluginPlace, SettingsFile } from './claude-setup.ts';
import { type Finding, ok, warn } from './finding.ts';

/** A hook for every tool looks on; one that names this tool wants to decide. */
const NAMES_THE_TOOL = /\b(Task|Agent)\b/;
/** The events by which a mod answers a subagent, or changes it. */
const ANSWERS_SUBAGENTS = /['"`](turn\.step|agent\.spawn)['"`]/;

export async function checkRivals(
  { settings, others }: ClaudeSetup,
  m: Messages,
): Promise<readonly Finding[]> {
  const { doctor } = m;
  const plugins = await Promise.all(others.filter((one) => isOn(one, settings)).map(rivalryOf));
  const hooks = settings.filter(({ settings: said }) => decidesByHook(said)).map(({ file }) => file);
  const denying = settings.filter(({ settings: said }) => deniesSubagents(said)).map(({ file }) => file);
  const found = [
    ...plugins.flat().map((key) => warn('rivals', doctor.rivalPlugin(key), doctor.rivalPluginRemedy(key))),
    ...hooks.map((file) => warn('rivals', doctor.rivalHook(file), doctor.rivalHookRemedy(file))),
    ...denying.map((file) =>
      warn('rivals', doctor.subagentsDenied(file), doctor.subagentsDeniedRemedy(file)),
    ),
  ];
  return found.length === 0 ? [ok('rivals', doctor.rivals())] : found;
}

async function rivalryOf({ key, installPath }: PluginPlace): Promise<readonly string[]> {
  const file = join(installPath, 'hooks', 'hooks.json');
  const hooks = await readObject(file);
  if (hooks === null) return [];
  const modules = Array.isArray(hooks.modules) ? hooks.modules.filter((one) => typeof one === 'string') : [];
  const texts = await Promise.all(
    modules.map((path) => readFile(resolve(dirname(file), path), 'utf8').catch(() => '')),
  );
  return decidesByHook(hooks) || texts.some((text) => ANSWERS_SUBAGENTS.test(text)) ? [key] : [];
}

/** In the form of a plugin's hooks.json and of settings alike. */
function decidesByHook({ hooks }: JsonObject): boolean {
  const { PreToolUse: entries } = isJsonObject(hooks) ? hooks : {};
  const matchers = Array.isArray(entries) ? entries.filter(isJsonObject).map(({ matcher }) => matcher) : [];
  return matchers.some((matcher) => typeof matcher === 'string' && NAMES_THE_TOOL.test(matcher));
}

function deniesSubagents({ permissions }: JsonObject): boolean {
  const { deny } = isJsonObject(permissions) ? permissions : {};
  return Array.isArray(deny) && deny.some((rule) => rule === 'Task' || rule === 'Agent');
}

function isOn({ key }: PluginPlace, settings: readonly SettingsFile[]): boolean {
  return settings.some(
    ({ settings: { enabledPlugins } }) => isJsonObject(enabledPlugins) && enabledPlugins[key] === true,
  );
}

async function readObject(file: string): Promise<JsonObject | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

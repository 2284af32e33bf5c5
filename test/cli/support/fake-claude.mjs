#!/usr/bin/env node
// What `claude plugin …` of Claude Code 2.1.330 does to its files, and nothing else. FAKE_CLAUDE_FAILS names a command
// that fails, after it has written half of what it should.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const args = process.argv.slice(2);
const claude = process.env.CLAUDE_CONFIG_DIR ?? join(process.env.HOME, '.claude');
const plugins = join(claude, 'plugins');
const places = {
  settings: join(claude, 'settings.json'),
  installed: join(plugins, 'installed_plugins.json'),
  known: join(plugins, 'known_marketplaces.json'),
};
const cache = join(plugins, 'cache', 'omcm', 'omcm', '0.1.0');

if (args[0] === '--version') {
  process.stdout.write('2.1.330 (Claude Code)\n');
  process.exit(0);
}
const [, verb, second, third] = args;
const words = args.filter((word) => !word.startsWith('--'));
const settings = readSettings();
const key = words.at(-1);

if (verb === 'marketplace' && second === 'add') {
  const place = { source: { source: 'directory', path: third }, installLocation: third, lastUpdated: now() };
  write(places.known, { ...read(places.known, {}), omcm: place });
  mkdirSync(join(plugins, 'marketplaces'), { recursive: true });
  const extra = { ...settings.extraKnownMarketplaces, omcm: { source: place.source } };
  writeSettings({ ...settings, extraKnownMarketplaces: extra });
} else if (verb === 'marketplace') {
  const { [key]: _, ...rest } = read(places.known, {});
  write(places.known, rest);
  const { [key]: __, ...extra } = settings.extraKnownMarketplaces ?? {};
  writeSettings({ ...settings, extraKnownMarketplaces: extra });
} else if (verb === 'install') {
  mkdirSync(cache, { recursive: true });
  mkdirSync(join(plugins, 'data', 'omcm-omcm'), { recursive: true });
  writeFileSync(join(cache, 'README.md'), '# omcm\n');
  const list = read(places.installed, { version: 2, plugins: {} });
  const place = { scope: 'user', installPath: cache, version: process.env.FAKE_CLAUDE_VERSION ?? '1.0.0' };
  write(places.installed, {
    ...list,
    plugins: { ...list.plugins, [key]: [{ ...place, installedAt: now() }] },
  });
  if (process.env.FAKE_CLAUDE_FAILS === 'install') fail('the disk is on fire');
  writeSettings({ ...settings, enabledPlugins: { ...settings.enabledPlugins, [key]: true } });
} else if (verb === 'uninstall') {
  const list = read(places.installed, { version: 2, plugins: {} });
  const { [key]: _, ...rest } = list.plugins;
  write(places.installed, { ...list, plugins: rest });
  if (existsSync(cache)) writeFileSync(join(cache, '.orphaned_at'), now());
  const { [key]: __, ...enabled } = settings.enabledPlugins ?? {};
  writeSettings({ ...settings, enabledPlugins: enabled });
}

function readSettings() {
  try {
    return read(places.settings, {});
  } catch {
    return fail(`Invalid JSON syntax in settings file at ${places.settings}`);
  }
}

/** In another order and another layout, as the real one does. */
function writeSettings(value) {
  write(places.settings, Object.fromEntries(Object.entries(value).reverse()));
}

function read(file, missing) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : missing;
}

function write(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(value, null, 2));
}

function now() {
  return new Date().toISOString();
}

function fail(message) {
  process.stderr.write(`✘ Failed: ${message}\n`);
  process.exit(1);
}

// docs/configuration.md: every key with what it may be, its default, and what it does.
import { describeType } from './describe-type.mjs';

/** @typedef {Record<string, any>} Schema as JSON Schema has it */
/** @typedef {{ path: readonly string[], schema: Schema }} Setting */

/**
 * @param {{
 *   configJsonSchema: () => Schema,
 *   guardProjectLayer: (source: string, value: unknown) => { problems: readonly { expected: string }[] },
 *   ENVIRONMENT_SETTINGS: Readonly<Record<string, readonly string[]>>,
 * }} facts
 */
export function renderConfiguration({ configJsonSchema, guardProjectLayer, ENVIRONMENT_SETTINGS }) {
  const entries = Object.entries(configJsonSchema().properties).filter(([key]) => key !== '$schema');
  const groups = entries.filter(([, schema]) => isGroup(schema));
  const single = entries.filter(([, schema]) => !isGroup(schema));
  const inProject = (path) => describeInProject(guardProjectLayer, path);
  return [
    INTRODUCTION,
    section('At the top', null, single.map(toSetting), inProject),
    ...groups.map(([key, schema]) =>
      section(`\`${key}\``, schema.description, settingsOf([key], schema), inProject),
    ),
    renderVariables(ENVIRONMENT_SETTINGS),
  ].join('\n');
}

const INTRODUCTION = `<!-- Made by \`node scripts/write-docs.mjs\` from src/core/config. Do not edit it here. -->

# Configuration

Settings are JSON, comments allowed, or YAML (\`config.yaml\` in place of \`config.json\`). The later place wins, key by key;
lists are replaced as a whole:

1. \`~/.claude/plugins/omcm/config.json\`
2. \`~/.omcm/config.json\`: yours. \`omcm config set KEY VALUE\` writes it and keeps your comments
3. \`.omcm/config.json\` in the project, which sends nothing away until you trust it ([security](security.md)). What it may not
   say is marked below
4. \`OMCM_…\` variables ([below](#environment-variables)). The daemon reads them when it starts

\`CLAUDE_CONFIG_DIR\` moves the first, \`OMCM_HOME\` or \`XDG_CONFIG_HOME\` the second. \`omcm config path\` shows which files
count, \`omcm config get\` what holds now, and \`omcm config check\` what is wrong and what was expected. A wrong key or value
is ignored by itself; the rest counts.

A change counts from the next call. Read once, when the daemon starts, are \`opencode\` (but for \`timeout\`), \`pool\`,
\`tracking\` and \`daemon\`: \`omcm daemon restart\`. Your editor completes keys with \`dist/config.schema.json\`. Keys
that are accepted and do nothing yet are named [in the README](../README.md#not-there-yet).
`;

function section(title, description, settings, inProject) {
  const rows = settings.map(({ path, schema }) => {
    const cells = [
      `\`${path.join('.')}\``,
      describeType(schema),
      describeDefault(schema),
      `${linked(schema.description ?? '')}${inProject(path)}`.trim(),
    ];
    return `| ${cells.map(inCell).join(' | ')} |`;
  });
  return [
    `## ${title}`,
    '',
    ...(description ? [description, ''] : []),
    '| key | may be | default | what it does |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** Descriptions name other documents by their path in the repository. */
const linked = (text) => text.replaceAll(/docs\/([\w-]+)\.md/g, '[$1]($1.md)');

const toSetting = ([key, schema]) => ({ path: [key], schema });

/** An object with keys of its own names; one of free names (`agents`) is told by the keys of one entry. */
function isGroup(schema) {
  return schema.properties !== undefined || entryOf(schema)?.properties !== undefined;
}

function settingsOf(path, schema) {
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([key, child]) => settingsOf([...path, key], child));
  }
  const entry = entryOf(schema);
  const own = { path, schema };
  if (!entry?.properties) return [own];
  const name = schema.type === 'array' ? '0' : 'NAME';
  return [...(path.length > 1 ? [own] : []), ...settingsOf([...path, name], entry)];
}

/** What each entry of a list or of a record is. */
function entryOf({ items, additionalProperties }) {
  if (items) return items;
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

function describeDefault({ default: value, description = '' }) {
  if (value === undefined) return '–';
  if (value === null) return 'none';
  const text = `\`${JSON.stringify(value)}\``;
  return typeof value === 'number' && description.includes('milliseconds')
    ? `${text} (${formatMs(value)})`
    : text;
}

function formatMs(value) {
  const [amount, unit] = value % 60_000 === 0 ? [value / 60_000, 'minute'] : [value / 1_000, 'second'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

/** Asked of the guard itself, with a value that no key takes: what it lets pass, a project may say. */
function describeInProject(guardProjectLayer, path) {
  const value = path.reduceRight((inner, key) => ({ [key]: inner }), { nothing: true });
  const [problem] = guardProjectLayer('a project', value).problems;
  if (problem === undefined) return '';
  return problem.expected === 'nothing here'
    ? ' *Not in a project.*'
    : ` *In a project only \`${problem.expected}\`.*`;
}

function renderVariables(settings) {
  const rows = Object.entries(settings).map(([name, path]) => `| \`${name}\` | \`${path.join('.')}\` |`);
  return [
    '## Environment variables',
    '',
    'An empty one counts as not set. Entries of a list are separated by commas.',
    '',
    '| variable | sets |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function inCell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

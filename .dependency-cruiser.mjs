// Which floor may import which: docs/architecture.md draws it, scripts/check-imports.mjs runs it.
import { ENTRIES } from './scripts/build/bundles.mjs';

/** scripts/write-config-schema.mjs bundles it, which no import shows. */
const CONFIG_SCHEMA = 'src/core/config/json-schema.ts';
const ENTRY_PATHS = [...ENTRIES, CONFIG_SCHEMA].map((entry) => `^${entry.replaceAll('.', '\\.')}$`);
const ANYONE = ['version\\.ts$'];
const HEAVY_FOR_A_HOOK = '(^|node_modules/)(zod|hono|@hono|pino|commander|@opencode-ai)(/|$)';

export default {
  forbidden: [
    pure('core', { except: 'core/config/', may: ['core/'] }),
    pure('core/config', { may: ['core/'], packages: ['zod'] }),
    pure('protocol', { may: ['protocol/', 'core/'], packages: ['zod'] }),
    pure('hud', { may: ['hud/', 'core/', 'protocol/'] }),
    floor('adapters/([^/]+)', { may: ['adapters/$1/', 'core/', 'protocol/'] }),
    // Collects from several adapters; the daemon, the command line and the library ask it alike.
    floor('context', { may: ['context/', 'core/', 'protocol/', 'adapters/'] }),
    floor('client', {
      may: [
        'client/',
        'core/',
        'protocol/',
        'adapters/(files/(paths|socket-place)|processes/process-is-alive)[./]',
      ],
    }),
    floor('daemon', { may: ['daemon/', 'context/', 'core/', 'protocol/', 'adapters/'] }),
    // On a machine of a team: between its queues and the daemon there.
    floor('worker', { may: ['worker/', 'client/', 'core/', 'protocol/', 'adapters/'] }),
    floor('simulation', { may: ['simulation/', 'core/', 'protocol/'] }),
    floor('dashboard', { may: ['dashboard/', 'core/', 'protocol/'] }),
    // Where no daemon answers, a hook leaves its own line in the log.
    floor('hook', {
      may: ['hook/', 'client/', 'core/', 'protocol/', 'adapters/files/(paths|routing-line)[./]'],
    }),
    floor('cli', {
      may: [
        'cli/',
        'client/',
        'core/',
        'protocol/',
        'hud/',
        'simulation/',
        'context/',
        'worker/',
        'adapters/(files|claude-code|processes)/',
      ],
    }),
    {
      name: 'hook-stays-light',
      comment: 'A hook is started again for every call: it cannot afford to load these.',
      from: { path: '^src/hook/' },
      to: { path: HEAVY_FOR_A_HOOK, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'mod-imports-only-pure-code-and-types',
      comment: 'A mod runs without Node and without packages; types cost it nothing.',
      from: { path: '^src/mod/' },
      to: { pathNot: within(['mod/', 'core/', 'protocol/']), dependencyTypesNot: ['type-only'] },
    },
    // Its pool is the daemon's, in the user's own process.
    floor('library', {
      may: [
        'library/',
        'client/',
        'core/',
        'protocol/',
        'daemon/',
        'context/',
        'adapters/files/(paths|load-config)[./]',
      ],
    }),
    {
      name: 'index-imports-only-pure-code-and-the-library',
      comment: 'What a program may use stands in src/library or in the core.',
      from: { path: '^src/index\\.ts$' },
      to: { pathNot: within(['core/', 'protocol/', 'library/']) },
    },
    {
      name: 'no-file-without-a-floor',
      comment: 'A new folder under src/ needs its own line in .dependency-cruiser.mjs.',
      from: {},
      to: {
        path: '^src/',
        pathNot:
          '^src/((core|protocol|hud|adapters/[^/]+|context|client|daemon|dashboard|library|simulation|worker|hook|mod|cli)/|(index|version)\\.ts$)',
      },
    },
    {
      name: 'src-stays-within-src',
      comment: 'What ships does not lean on what tests, measures or builds it.',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Files that import each other can only be understood together.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-file-out-of-reach',
      // The tests and the bench lean on the simulation as well; knip watches that each part of it is used.
      comment: 'No entry leads here: wire it, or remove it.',
      from: { path: ENTRY_PATHS },
      to: { path: '^src/', pathNot: [...ENTRY_PATHS, '^src/simulation/'], reachable: false },
    },
    {
      name: 'no-unresolved-import',
      comment: 'Nothing is there under that name.',
      from: {},
      to: { couldNotResolve: true },
    },
  ].map((rule) => ({ severity: 'error', ...rule })),

  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|plugin/dist|coverage)/' },
    // Type imports count as well: knowing another floor's types is knowing that floor.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};

/** A floor without I/O: nothing of Node, and only the named packages. */
function pure(name, { except, may, packages = [] }) {
  const named = packages.map((name) => `(^|node_modules/)${name}(/|$)`);
  return {
    name: `${name}-stays-pure`,
    comment: `src/${name} imports only ${[...may, ...packages].join(', ')}.`,
    from: { path: `^src/${name}/`, ...(except && { pathNot: `^src/${except}` }) },
    to: { pathNot: [...within(may), ...named] },
  };
}

/** A floor with I/O: any package, but of the house only what is beneath it. */
function floor(name, { may }) {
  return {
    name: `${name.split('/')[0]}-imports-only-what-is-beneath`,
    comment: `Of src/, it imports only ${may.join(', ').replace('$1', 'itself')}.`,
    from: { path: `^src/${name}/` },
    to: { path: '^src/', pathNot: within(may) },
  };
}

function within(folders) {
  return [...folders, ...ANYONE].map((folder) => `^src/${folder}`);
}

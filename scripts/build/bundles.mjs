// What is built: which source becomes which file, and what that file may carry.

/** Packages too slow to load for what Claude Code starts again and again (see docs/dependencies.md). */
const HEAVY = [
  'zod',
  'hono',
  '@hono/node-server',
  'pino',
  'prom-client',
  'commander',
  '@opencode-ai/sdk',
  '@opentelemetry/api',
  '@opentelemetry/sdk-trace-base',
  '@agentclientprotocol/sdk',
  'cli-table3',
  'yaml',
];

/** What CommonJS packages take for granted, and an ES module does not have. */
const COMMONJS_GLOBALS = [
  "import { createRequire as createRequireForBundle } from 'node:module';",
  "import { fileURLToPath as pathOfBundle } from 'node:url';",
  'const require = createRequireForBundle(import.meta.url);',
  "const __filename = pathOfBundle(import.meta.url), __dirname = pathOfBundle(new URL('.', import.meta.url));",
].join('\n');

const node = {
  platform: 'node',
  target: 'node20.19',
  keepNames: true,
  // By default `main` wins on Node; jsonc-parser's is UMD, whose requires esbuild cannot follow.
  mainFields: ['module', 'main'],
};
const nodeWithCommonJs = { ...node, banner: { js: COMMONJS_GLOBALS } };

/**
 * @typedef {object} Bundle
 * @property {Record<string, string>} entries output name without extension → source file
 * @property {import('esbuild').BuildOptions} options
 * @property {readonly string[]} [external] packages that stay imports, because they are real dependencies
 * @property {readonly string[]} [forbidden] packages that may not be inside; '*' for all
 */

/** @type {Record<string, readonly Bundle[]>} output folder → its bundles */
export const BUNDLES = {
  dist: [
    {
      // Together, so that what both reach is in the package once; and each command loads only its own chunk.
      entries: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
      options: {
        ...nodeWithCommonJs,
        splitting: true,
        chunkNames: 'chunks/[name]-[hash]',
        sourcemap: 'linked',
      },
      external: ['@copilotkit/aimock'],
    },
  ],
  'plugin/dist': [
    {
      // What only some daemons need is in chunks of its own, and costs the others no time when they start.
      entries: { omcmd: 'src/daemon/main.ts' },
      options: { ...nodeWithCommonJs, splitting: true, chunkNames: 'chunks/[name]-[hash]' },
      // ws works without them, and looks for them in case somebody has them.
      external: ['bufferutil', 'utf-8-validate'],
    },
    {
      // Sent to the browser by the daemon, from beside its own program.
      entries: { dashboard: 'src/dashboard/main.tsx' },
      options: {
        platform: 'browser',
        target: 'es2022',
        minify: true,
        jsx: 'automatic',
        jsxImportSource: 'preact',
      },
    },
    { entries: { 'session-start': 'src/hook/session-start.ts' }, options: node, forbidden: HEAVY },
    { entries: { 'pre-tool-use': 'src/hook/pre-tool-use.ts' }, options: node, forbidden: HEAVY },
    { entries: { 'user-prompt-submit': 'src/hook/user-prompt-submit.ts' }, options: node, forbidden: HEAVY },
    { entries: { stop: 'src/hook/stop.ts' }, options: node, forbidden: HEAVY },
    { entries: { 'stop-failure': 'src/hook/stop-failure.ts' }, options: node, forbidden: HEAVY },
    {
      // Started every few seconds, and a CommonJS program starts some 4 ms sooner.
      entries: { 'status-line': 'src/hook/status-line.ts' },
      options: { ...node, format: 'cjs', outExtension: { '.js': '.cjs' } },
      forbidden: HEAVY,
    },
    { entries: { 'pre-compact': 'src/hook/pre-compact.ts' }, options: node, forbidden: HEAVY },
    { entries: { report: 'src/hook/report.ts' }, options: node, forbidden: HEAVY },
    {
      // Claude Code runs a mod without Node and without `import()`.
      entries: { register: 'src/mod/register.ts' },
      options: { platform: 'neutral', target: 'es2022' },
      forbidden: ['*'],
    },
  ],
};

/** The sources that everything else must be reached from. */
export const ENTRIES = Object.values(BUNDLES).flatMap((bundles) =>
  bundles.flatMap(({ entries }) => Object.values(entries)),
);

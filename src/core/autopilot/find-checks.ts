// Which commands tell whether a project is in order? Its own, as far as its files name them.

export type ProjectFiles = {
  /** Of the project's folder, the names of its files. */
  readonly names: readonly string[];
  /** The text of each that may name a check, by its name. */
  readonly texts: Readonly<Record<string, string>>;
};

/** Whose text is worth reading. */
export const CHECK_FILES = ['package.json', 'Makefile', 'makefile', 'pyproject.toml'] as const;

/** The first kind of project that names any: those after it are often wrapped by it. */
export function findChecks(files: ProjectFiles): readonly string[] {
  for (const find of [inPackage, inMakefile, inToolchain]) {
    const checks = find(files);
    if (checks.length > 0) return checks;
  }
  return [];
}

/** In the order in which they are quick. */
const SCRIPTS = ['typecheck', 'type-check', 'check-types', 'lint', 'check', 'test'];

/** What `npm init` writes where there are no tests. */
const NO_TESTS = /no test specified/;

const RUNNERS: readonly (readonly [lockFile: string, run: string])[] = [
  ['pnpm-lock.yaml', 'pnpm run'],
  ['yarn.lock', 'yarn run'],
  ['bun.lock', 'bun run'],
  ['bun.lockb', 'bun run'],
];

function inPackage({ names, texts }: ProjectFiles): readonly string[] {
  const scripts = scriptsIn(texts['package.json']);
  const there = SCRIPTS.filter((name) => scripts[name] !== undefined && !NO_TESTS.test(scripts[name]));
  const run = RUNNERS.find(([lockFile]) => names.includes(lockFile))?.[1] ?? 'npm run';
  return there
    .filter((name) => !there.some((other) => other !== name && runs(scripts[other] ?? '', name)))
    .map((name) => `${run} ${name}`);
}

/** So that nothing is checked twice. */
function runs(script: string, name: string): boolean {
  return new RegExp(`\\b(?:npm|pnpm|yarn|bun)(?: run)?(?: --?\\S+)* ${name}(?![\\w:-])`).test(script);
}

function scriptsIn(text: string | undefined): Readonly<Record<string, string>> {
  const { scripts } = (parse(text) ?? {}) as { readonly scripts?: unknown };
  const entries = Object.entries(typeof scripts === 'object' && scripts !== null ? scripts : {});
  return Object.fromEntries(entries.filter(([, script]) => typeof script === 'string'));
}

function inMakefile({ texts }: ProjectFiles): readonly string[] {
  const text = texts.Makefile ?? texts.makefile ?? '';
  const target = ['check', 'test'].find((name) => new RegExp(`^${name}\\s*:(?!=)`, 'm').test(text));
  return target === undefined ? [] : [`make ${target}`];
}

function inToolchain({ names, texts }: ProjectFiles): readonly string[] {
  return [
    ...(names.includes('Cargo.toml') ? ['cargo test'] : []),
    ...(names.includes('go.mod') ? ['go test ./...'] : []),
    ...(names.includes('pytest.ini') || /\bpytest\b/.test(texts['pyproject.toml'] ?? '')
      ? ['python -m pytest']
      : []),
  ];
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

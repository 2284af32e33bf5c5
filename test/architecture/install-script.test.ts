import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'install.sh');
const TOOLS = ['sh', 'dirname', 'id'];

type Stub = Readonly<Record<string, string>>;

/** A machine that has only these programs, each a few lines of sh; what is called is written down. */
function useMachine(stubs: Stub) {
  const folder = mkdtempSync(join(tmpdir(), 'omcm-install-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [bin, prefix, calls] = [join(folder, 'bin'), join(folder, 'prefix'), join(folder, 'calls')];
  for (const path of [bin, join(prefix, 'lib'), join(prefix, 'bin')]) mkdirSync(path, { recursive: true });
  writeFileSync(calls, '');
  for (const name of TOOLS.filter((tool) => !(tool in stubs)))
    symlinkSync(`/usr/bin/${name}`, join(bin, name));
  for (const [name, text] of Object.entries(stubs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >>"$CALLS"\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const env = { PATH: bin, CALLS: calls, PREFIX: prefix, HOME: folder };
  const run = (args: readonly string[], script = SCRIPT) =>
    new Promise<{ readonly code: number; readonly stderr: string }>((resolve) => {
      const child = execFile('/bin/sh', [script, ...args], { env }, (error, _stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), stderr }),
      );
      child.stdin?.end();
    });
  return { folder, run, calls: () => readFileSync(calls, 'utf8').trim().split('\n').filter(Boolean) };
}

const NODE = 'echo v20.19.0';
const NPM = `case $1 in
  prefix) echo "$PREFIX";;
  install) printf '#!/bin/sh\\necho "omcm $*" >>"$CALLS"\\n' >"$PREFIX/bin/omcm"; /bin/chmod +x "$PREFIX/bin/omcm";;
esac`;
const ALL: Stub = { node: NODE, npm: NPM, claude: '' };

const changes = (calls: readonly string[]) => calls.filter((call) => /install|omcm/.test(call));

describe('scripts/install.sh', () => {
  it('installs by npm, and hands over to omcm setup with what it was told', async () => {
    const machine = useMachine(ALL);
    const { code, stderr } = await machine.run(['--no-input', '--mode', 'shadow']);
    expect(code, stderr).toBe(0);
    expect(changes(machine.calls())).toEqual([
      'npm install --global oh-my-claude-money',
      'omcm setup --no-input --mode shadow',
    ]);
  });

  it('only looks with --check', async () => {
    const machine = useMachine(ALL);
    expect((await machine.run(['--check'])).code).toBe(0);
    expect(changes(machine.calls())).toEqual([]);
  });

  it.each([
    ['no Node.js', { npm: NPM }, 'Node.js was not found'],
    ['an old Node.js', { ...ALL, node: 'echo v20.18.9' }, 'older than 20.19'],
    ['a very old one', { ...ALL, node: 'echo v9.99.0' }, 'older than 20.19'],
    ['no npm', { node: NODE }, 'npm was not found'],
    ['a package that npm cannot install', { ...ALL, npm: `${NPM}\n[ $1 = prefix ]` }, 'could not install'],
    ['sudo', { ...ALL, id: 'echo 0' }, 'without sudo'],
  ])('where there is %s, says so and sets nothing up', async (what, stubs: Stub, sentence) => {
    const machine = useMachine(stubs);
    const script = what === 'sudo' ? asSudo(machine.folder) : SCRIPT;
    const { code, stderr } = await machine.run([], script);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(machine.calls().filter((call) => call.startsWith('omcm'))).toEqual([]);
  });

  it('of which only a part has come, does nothing', async () => {
    const machine = useMachine(ALL);
    const half = join(machine.folder, 'half.sh');
    const text = readFileSync(SCRIPT, 'utf8');
    writeFileSync(half, text.slice(0, text.lastIndexOf('main "$@"')));
    await machine.run([], half);
    expect(machine.calls()).toEqual([]);
  });
});

function asSudo(folder: string): string {
  const file = join(folder, 'as-sudo.sh');
  writeFileSync(file, `SUDO_USER=somebody\n${readFileSync(SCRIPT, 'utf8')}`);
  return file;
}

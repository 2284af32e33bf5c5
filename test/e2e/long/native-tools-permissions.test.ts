// With the real Claude Code: whoever leads a subagent, its user, its rules and its guards decide what is done.

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { asObject, asObjects } from '../../../src/simulation/json.ts';
import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { stepOf } from '../../../src/simulation/scripted-steps.ts';
import { hasTmux, startTmuxClaude, type TmuxClaude } from '../../support/tmux-claude.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

const CONFIG = { mode: 'fusion', engine: 'native-tools' };
const WRITER = { agent: 'oh-my-claudecode:writer', prompt: 'write it down' };
const REPORT = 'That is all.';

const TO_CREATE = 'Do you want to create note.md?';
const TO_RUN = 'Do you want to proceed?';

const noteOf = ({ home }: Omcm) => join(home.projectDir, 'note.md');
const ofSubagents = ({ providers: { anthropic } }: Omcm) =>
  anthropic.journal().filter((request) => subagentOf(request) !== undefined);

/** A writer led by Gemini that tries the tool for files, then the shell. */
async function useWriter(): Promise<Omcm> {
  const omcm = await useOmcm({ config: CONFIG });
  const { google } = omcm.providers;
  const file_path = noteOf(omcm);
  const steps = [
    { toolUses: [{ name: 'Write', input: { file_path, content: 'It says hello.\n' } }] },
    { toolUses: [{ name: 'Bash', input: { command: byTheShell(file_path) } }] },
    { text: REPORT },
  ];
  google.on({ answer: (request) => stepOf(request, steps) });
  await omcm.warm();
  return omcm;
}

/** Not one of the simple commands for files, which go with `acceptEdits`. */
function byTheShell(file: string): string {
  return `node -e "require('node:fs').writeFileSync('${file}', 'by the shell\\n')"`;
}

/** Another plugin, which forbids both, and writes down who asked. */
function writeGuard({ home }: Omcm): { readonly plugin: string; readonly asked: () => readonly object[] } {
  const plugin = join(home.root, 'guard');
  const log = join(home.root, 'guard.jsonl');
  const said = {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: 'Not on my watch.',
    },
  };
  const program = join(plugin, 'deny.sh');
  mkdirSync(join(plugin, '.claude-plugin'), { recursive: true });
  mkdirSync(join(plugin, 'hooks'));
  const manifest = { name: 'guard', version: '1.0.0', description: 'Guards', author: { name: 'somebody' } };
  writeFileSync(join(plugin, '.claude-plugin', 'plugin.json'), JSON.stringify(manifest));
  writeFileSync(program, `tr -d '\\n' >> '${log}'; echo >> '${log}'\necho '${JSON.stringify(said)}'\n`);
  const hook = { matcher: 'Write|Bash', hooks: [{ type: 'command', command: `sh '${program}'` }] };
  writeFileSync(join(plugin, 'hooks', 'hooks.json'), JSON.stringify({ hooks: { PreToolUse: [hook] } }));
  const asked = () => {
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return lines.map((line) => JSON.parse(line) as object);
  };
  return { plugin, asked };
}

describe('a writer that another model leads, headless', () => {
  it('is held by the mode of the session, by deny rules and by the hooks of other plugins', async () => {
    const omcm = await useWriter();
    const { anthropic, google } = omcm.providers;
    const guard = writeGuard(omcm);
    const play = async (permissionMode: string, more: { guard?: string; args?: readonly string[] } = {}) => {
      const from = google.journal().length;
      const run = await omcm.claude({
        prompt: 'go',
        permissionMode,
        pluginDirs: [
          PLUGIN_DIR,
          writeReferenceAgents(omcm.home.root),
          ...(more.guard === undefined ? [] : [more.guard]),
        ],
        extraArgs: more.args ?? [],
        // Nobody but root runs the tests in a container, whom it would refuse this mode.
        env: { IS_SANDBOX: '1' },
      });
      expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({ isError: false, report: REPORT });
      expect(google.journal().length - from).toBe(3);
      return JSON.stringify(google.journal().at(-1)?.body);
    };
    scriptConductor(anthropic, { rounds: [{ calls: [WRITER] }] });

    const asked = await play('default');
    expect(existsSync(noteOf(omcm))).toBe(false);
    expect(asked).toContain('requested permissions');

    const ruled = await play('bypassPermissions', { args: ['--disallowedTools', 'Write', 'Bash'] });
    expect(existsSync(noteOf(omcm))).toBe(false);
    expect(ruled).toContain('No such tool available');

    const guarded = await play('bypassPermissions', { guard: guard.plugin });
    expect(existsSync(noteOf(omcm))).toBe(false);
    expect(guarded).toContain('Not on my watch.');
    expect(guard.asked()).toMatchObject([
      { tool_name: 'Write', agent_type: WRITER.agent, agent_id: expect.any(String) },
      { tool_name: 'Bash', agent_type: WRITER.agent },
    ]);

    await play('acceptEdits');
    expect(readFileSync(noteOf(omcm), 'utf8')).toBe('It says hello.\n');

    await play('bypassPermissions');
    expect(readFileSync(noteOf(omcm), 'utf8'), 'the guards held, and nothing else').toBe('by the shell\n');
    expect(ofSubagents(omcm)).toEqual([]);
  });
});

describe.skipIf(!hasTmux)('a writer that another model leads, in an interactive session (needs tmux)', () => {
  it('changes nothing without a yes', async () => {
    const omcm = await useWriter();
    const { anthropic, google } = omcm.providers;
    scriptConductor(anthropic, {
      prompt: 'write',
      rounds: [{ calls: [WRITER] }],
      finalAnswer: 'It has ended.',
    });
    const start = async () => {
      const session = await startTmuxClaude({
        home: omcm.home,
        permissionMode: 'default',
        pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
        env: { PATH: omcm.env().PATH ?? '' },
      });
      onTestFinished(() => session.kill());
      await session.waitFor('? for shortcuts');
      await session.submit('write');
      return { session, screen: await session.waitFor(TO_CREATE, 40_000) };
    };

    const refusing = await start();
    expect(refusing.screen).toContain(noteOf(omcm).split('/').at(-1));
    expect(existsSync(noteOf(omcm))).toBe(false);
    await press(refusing.session, 'Escape', TO_CREATE);
    expect(existsSync(noteOf(omcm))).toBe(false);
    await refusing.session.kill();

    const allowing = await start();
    await press(allowing.session, 'Enter', TO_CREATE);
    await allowing.session.waitFor(TO_RUN, 40_000);
    expect(readFileSync(noteOf(omcm), 'utf8')).toBe('It says hello.\n');
    await press(allowing.session, 'Escape', TO_RUN);
    expect(readFileSync(noteOf(omcm), 'utf8')).toBe('It says hello.\n');

    expect(google.journal().length).toBeGreaterThan(2);
    expect(ofSubagents(omcm)).toEqual([]);
  });
});

describe.skipIf(!hasTmux)('a dialog that is answered "No" from its menu (needs tmux)', () => {
  it.each<readonly [string, string | null]>([
    ['without a word', null],
    ['with a reason', 'Write it in Latin.'],
  ])('%s: nothing is written, and the model hears what a native one hears', async (_, reason) => {
    const omcm = await useOmcm({ config: CONFIG });
    const { anthropic, google } = omcm.providers;
    const input = { file_path: noteOf(omcm), content: 'It says hello.\n' };
    const steps = [{ toolUses: [{ name: 'Write', input }] }, { text: REPORT }];
    google.on({ answer: (request) => stepOf(request, steps) });
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: (request) => stepOf(request, steps),
    });
    scriptConductor(anthropic, { prompt: 'have it noted', rounds: [{ calls: [WRITER] }] });
    await omcm.warm();
    const refuse = async () => {
      const session = await startTmuxClaude({
        home: omcm.home,
        permissionMode: 'default',
        pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
        env: { PATH: omcm.env().PATH ?? '' },
      });
      onTestFinished(() => session.kill());
      await session.waitFor('? for shortcuts');
      await session.submit('have it noted');
      await session.waitFor(TO_CREATE, 40_000);
      if (reason === null) await press(session, '3', TO_CREATE);
      else {
        await pressUntil(session, 'Down', '❯ 3. No');
        await pressUntil(session, 'Tab', 'No, and tell Claude');
        await session.submit(reason);
      }
      await session.waitFor(REPORT, 40_000);
      await session.kill();
    };

    await refuse();
    expect(ofSubagents(omcm).length, JSON.stringify(omcm.routingLog())).toBe(0);
    expect(google.journal()).toHaveLength(2);
    expect(existsSync(noteOf(omcm))).toBe(false);
    const heard = saidOfWrite(google.journal()[1]);

    omcm.configure({ mode: 'default' });
    await refuse();
    expect(google.journal()).toHaveLength(2);
    expect(existsSync(noteOf(omcm))).toBe(false);
    expect(heard).toBe(saidOfWrite(ofSubagents(omcm)[1]));
    if (reason !== null) expect(heard).toContain(reason);

    const [routed = [], native = []] = transcripts(omcm);
    expect(routed, 'what is kept of it').toEqual(native);
    expect(routed).toContain(`result: ${heard}`);
    expect(routed).toContain(`text: ${REPORT}`);
  });
});

/** What became of the call for `Write`, as the model was told. */
function saidOfWrite(request: JournaledRequest | undefined): string {
  const text = request?.turns.findLast(({ role }) => role === 'tool')?.text ?? '';
  return text.startsWith('{"id"') ? JSON.parse(text).response.content : text;
}

/** Of each subagent, what it said and was told, without ids. */
function transcripts({ home }: Omcm): readonly (readonly string[])[] {
  const folder = join(home.home, '.claude', 'projects');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /agent-[^/]*\.jsonl$/.test(name))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(a).birthtimeMs - statSync(b).birthtimeMs);
  return files.map((file) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .flatMap((line) => asObjects(asObject(asObject(JSON.parse(line)).message).content))
      .map(
        ({ type, text, name, content }) =>
          `${type === 'tool_result' ? 'result' : type}: ${text ?? name ?? content}`,
      )
      // How much room is left in the conversation is told by what was sent so far.
      .map((line) => line.replace(/<total_tokens>.*?<\/total_tokens>/g, '')),
  );
}

async function pressUntil(session: TmuxClaude, key: string, sign: string): Promise<void> {
  for (let screen = await session.capture(); !screen.includes(sign); screen = await session.capture()) {
    await session.sendKeys(key);
    await sleep(1_000);
  }
}

/** A dialog that has only just come up does not hear yet. */
async function press(session: TmuxClaude, key: string, question: string): Promise<void> {
  for (let screen = await session.capture(); screen.includes(question); screen = await session.capture()) {
    await session.sendKeys(key);
    await sleep(1_000);
  }
}

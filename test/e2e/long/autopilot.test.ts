import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { callDaemon } from '../../../src/client/call-daemon.ts';
import type { SessionAutopilot } from '../../../src/protocol/autopilot.ts';
import { finalResult } from '../../../src/simulation/claude-events.ts';
import { scriptCommands } from '../../../src/simulation/scripted-commands.ts';
import { subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { workOn } from '../../../src/simulation/scripted-work.ts';
import { until } from '../../daemon/support/until.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

const exec = promisify(execFile);

/** Fails until both files are there. */
const GOAL_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';

test('refunds are negative', async () => {
  const { refund } = await import('../src/refund.js');
  assert.equal(refund(250), -250);
});
test('refunds have a label', async () => {
  const { refundLabel } = await import('../src/refund-label.js');
  assert.equal(refundLabel, 'refund');
});
`;

const REFUND = 'export const refund = (cents) => -cents;\n';
const LABEL = "export const refundLabel = 'refund';\n";

/** In YAML: Claude Code asks before it runs a command that has a quote next to a brace. */
const round = (...tasks: readonly (readonly [id: string, prompt: string])[]) => {
  const lines = tasks.flatMap(([id, prompt]) => [
    `- id: ${id}`,
    '  agent: executor',
    `  files: [src/${id}.js]`,
    `  prompt: ${prompt}`,
  ]);
  return ["omcm autopilot round - <<'EOF'", 'tasks:', ...lines, 'EOF'].join('\n');
};

/** Models may write, by the paths that the script knows, and the project has a test of its own. */
async function useProject(): Promise<Omcm> {
  const omcm = await useOmcm({ config: { worktrees: 'never', permissions: { delegateWrites: 'allow' } } });
  const { projectDir } = omcm.home;
  const manifest = { name: 'till', type: 'module', scripts: { test: 'node --test' } };
  writeFileSync(join(projectDir, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(projectDir, 'test', 'refund.test.js'), GOAL_TEST);
  await omcm.warm();
  return omcm;
}

const fly = (omcm: Omcm) =>
  omcm.claude({ prompt: '/omcm:autopilot make refunds work', allowedTools: ['Bash(omcm autopilot *)'] });

async function onlyAutopilot({ socketPath }: Omcm): Promise<SessionAutopilot | undefined> {
  const { body } = await callDaemon({ socketPath, path: '/v1/autopilots', timeoutMs: 10_000 });
  return (body as { autopilots: SessionAutopilot[] }).autopilots[0];
}

describe('autopilot in the real Claude Code', () => {
  it('hands out side by side, repeats what failed, and ends with the goal met', async () => {
    const omcm = await useProject();
    const { anthropic, openai } = omcm.providers;
    const { projectDir } = omcm.home;
    openai.on({
      answer: (request) => {
        const path = request.userTexts.join().includes('label') ? 'src/refund-label.js' : 'src/refund.js';
        const text = path === 'src/refund.js' ? REFUND : LABEL;
        // At first the second model writes nothing, and says that it has.
        const forgets = request.userTexts.join().includes('label, first try');
        const steps = forgets ? [] : [{ kind: 'write', path, text } as const];
        return { ...workOn(request, { projectDir, steps, report: `wrote ${path}` }), delayMs: 1_000 };
      },
    });
    const commands = [
      "omcm autopilot start 'Refunds work'",
      round(['refund', 'write the refund'], ['refund-label', 'write the label, first try']),
      round(['refund-label', 'write the label, this time really']),
    ];
    scriptCommands(anthropic, { next: (outputs) => commands[outputs.length] });

    const run = await fly(omcm);

    const outputs =
      anthropic
        .journal()
        .at(-1)
        ?.turns.filter(({ role }) => role === 'tool') ?? [];
    const [started, first, second] = outputs.map(({ text }) => text);
    expect(started).toContain('Checks: `npm run test`.');
    expect(first).toContain('wrote src/refund-label.js');
    expect(first).toContain('check `npm run test`: failed');
    expect(first).toContain('refunds have a label');
    expect(first).toContain('Next: plan round 2');
    expect(second).toContain('the goal is met');
    expect(finalResult(run.events)?.text).toContain('2 rounds');
    expect(existsSync(join(projectDir, 'src', 'refund-label.js'))).toBe(true);
    expect((await onlyAutopilot(omcm))?.stage).toMatchObject({ name: 'ended', reason: 'goal-met' });
    const [one, other] = openai.journal();
    expect(other?.at, 'both tasks were under way at once').toBeLessThan(one?.endedAt ?? 0);
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
  });

  it('ends when two rounds fail at the same, however often the conductor would go on', async () => {
    const omcm = await useProject();
    const { anthropic, openai } = omcm.providers;
    openai.on({ answer: { text: 'It is all there.' } });
    const again = round(['refund', 'write the refund']);
    scriptCommands(anthropic, {
      next: (outputs) =>
        outputs.length === 0
          ? "omcm autopilot start 'Refunds work'"
          : outputs.at(-1)?.includes('has ended')
            ? undefined
            : again,
    });

    const run = await fly(omcm);

    expect(finalResult(run.events)?.text).toContain('no progress');
    const autopilot = await onlyAutopilot(omcm);
    expect(autopilot?.stage).toMatchObject({ name: 'ended', reason: 'no-progress' });
    expect(autopilot?.rounds).toHaveLength(2);
    expect(openai.journal()).toHaveLength(2);
  });

  it('ends when the user stops it, with what runs', async () => {
    const omcm = await useProject();
    const { anthropic, openai } = omcm.providers;
    openai.on({ answer: { fault: { kind: 'hang' } } });
    const commands = [
      "omcm autopilot start 'Refunds work'",
      round(['refund', 'write the refund'], ['other', 'write it too']),
    ];
    scriptCommands(anthropic, { next: (outputs) => commands[outputs.length] });

    const flight = fly(omcm);
    await until(() => openai.journal().length === 2, 60_000);
    const cli = join(PLUGIN_DIR, 'bin', 'omcm');
    await exec(cli, ['autopilot', 'cancel'], { env: omcm.env(), cwd: omcm.home.projectDir });
    const run = await flight;

    expect(finalResult(run.events)?.text).toContain('it was stopped');
    expect((await onlyAutopilot(omcm))?.stage).toMatchObject({ name: 'ended', reason: 'stopped' });
    await until(() => openai.journal().every(({ outcome }) => outcome === 'left'), 10_000);
  });

  it('reminds a conductor that would end its turn, and at last lets it go', async () => {
    const omcm = await useOmcm();
    const { anthropic } = omcm.providers;
    scriptCommands(anthropic, {
      next: (outputs) => ["omcm autopilot start 'Refunds work'"][outputs.length],
      finalAnswer: () => 'I am done.',
    });
    await omcm.start();

    await fly(omcm);

    const reminders = anthropic
      .journal()
      .at(-1)
      ?.userTexts.filter((text) => text.includes('OMCM autopilot is not at its end: "Refunds work"'));
    expect(reminders).toHaveLength(2);
    expect((await onlyAutopilot(omcm))?.stage).toMatchObject({ name: 'ended', reason: 'not-continued' });
  });

  it('costs a session nothing where it is not used, and less than 400 tokens where it is', async () => {
    const omcm = await useOmcm();
    const { anthropic } = omcm.providers;
    anthropic.on({ answer: { text: 'done' } });
    const requestOf = async (prompt: string, pluginDirs: readonly string[]) => {
      await omcm.claude({ prompt, pluginDirs });
      const body = anthropic.journal().at(-1)?.body as Readonly<Record<string, unknown>>;
      const [tools, system, messages] = [body.tools, body.system, body.messages].map((part) =>
        JSON.stringify(part),
      );
      return { tools, system, messages: messages ?? '' };
    };
    await omcm.start();

    const without = await requestOf('hello', []);
    const unused = await requestOf('hello', [PLUGIN_DIR]);
    const used = await requestOf('/omcm:autopilot hello', [PLUGIN_DIR]);

    expect(unused.tools).toBe(without.tools);
    expect(unused.messages).toHaveLength(without.messages.length);
    expect(used.tools).toBe(without.tools);
    // Counted at three characters a token, fewer than English has.
    expect((used.messages.length - without.messages.length) / 3).toBeLessThan(400);
    expect(used.messages).toContain('omcm autopilot round');
  });
});

// Do the commands of the plugin do what they say, typed into the real Claude Code? The conductor does what a command's own
// text tells it, and may do no more than that text allows.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callDaemon } from '../../../src/client/call-daemon.ts';
import { isConductor } from '../../../src/simulation/scripted-conductor.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';

type Obedience = {
  /** From the text of the command that was typed to the shell commands that follow from it. */
  readonly commands: (told: string) => readonly string[];
  /** What the user lets Claude Code run beside what the command itself allows. */
  readonly allowedTools?: readonly string[];
};

/** Types it, and gives back what the commands printed. */
async function type(
  omcm: Omcm,
  prompt: string,
  { commands, allowedTools = [] }: Obedience,
): Promise<readonly string[]> {
  const { anthropic } = omcm.providers;
  const remove = anthropic.on({
    when: isConductor,
    answer: ({ turns, userTexts }) => {
      const done = turns.filter(({ role }) => role === 'tool').length;
      const command = commands(userTexts.join('\n'))[done];
      if (command === undefined) return { text: 'Done.' };
      return { toolUses: [{ name: 'Bash', input: { command, description: 'as the command says' } }] };
    },
  });
  const run = await omcm.claude({ prompt, allowedTools, timeoutMs: 120_000 });
  remove();
  expect(run.exitCode, run.stderr).toBe(0);
  const last = anthropic.journal().findLast(isConductor);
  return (last?.turns ?? []).flatMap(({ role, text }) => (role === 'tool' ? [text] : []));
}

/** Every `omcm …` in backquotes after the word Run. */
const asTold = (told: string) => [...told.matchAll(/Run `(omcm [^`]+)`/g)].map(([, command = '']) => command);

describe('typed into the real Claude Code,', { timeout: 300_000 }, () => {
  it('/omcm:fusion-default-on and -off change the setting, which the next call goes by', async () => {
    const omcm = await useOmcm({ config: {} });
    await omcm.start();
    const reason = async () => {
      const asked = { socketPath: omcm.socketPath, method: 'POST', path: '/v1/route' } as const;
      const { body } = await callDaemon({ ...asked, body: { agent: 'explore' }, timeoutMs: 10_000 });
      return (body as { readonly decision: { readonly reason: string } }).decision.reason;
    };
    expect(await reason()).toBe('default');
    await type(omcm, '/omcm:fusion-default-on', { commands: asTold });
    expect(await reason()).toBe('fusion-default-explore');
    await type(omcm, '/omcm:fusion-default-off', { commands: asTold });
    expect(await reason()).toBe('default');
  });

  it('/omcm:opencode hands the task to another model, and gives its answer', async () => {
    const omcm = await useOmcm({ config: { mode: 'default' } });
    const { google } = omcm.providers;
    google.on({ answer: ({ lastUserText }) => ({ text: `Gemini on: ${lastUserText}` }) });
    await omcm.warm();
    const task = 'where are the prices kept?';
    const outputs = await type(omcm, `/omcm:opencode ${task}`, {
      allowedTools: ['Bash(omcm run *)'],
      commands: (told) => {
        const script = /```sh\n([\s\S]+?)\n```/.exec(told)?.[1] ?? '';
        expect(told).toContain(`The task: ${task}`);
        return [script.replace('AGENT', 'explore').replace('…', task)];
      },
    });
    expect(outputs.join()).toContain(`Gemini on: ${task}`);
    expect(google.journal().some(({ lastUserText }) => lastUserText.includes(task))).toBe(true);
    expect(omcm.routingLog()).toMatchObject([{ agent: 'explore', decision: 'route' }]);
  });

  it('/omcm:fusion-setup shows the changes, and makes none that nobody has agreed to', async () => {
    const omcm = await useOmcm({ config: {} });
    const settings = join(omcm.home.home, '.claude', 'settings.json');
    const before = existsSync(settings) ? readFileSync(settings, 'utf8') : null;
    const outputs = await type(omcm, '/omcm:fusion-setup', {
      commands: (told) => [...asTold(told), 'omcm setup --no-input --mode fusion'],
    });
    const [changes, findings, refused] = outputs;
    expect(changes).toContain('claude plugin install omcm@omcm');
    expect(findings).toMatch(/OpenCode|Claude Code/);
    expect(refused, 'Claude Code asks, and nobody is there to say yes').toMatch(/permission|approv/i);
    expect(existsSync(settings) ? readFileSync(settings, 'utf8') : null).toBe(before);
  });
});

import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

/** A project without a mode of its own: what is asked for on the command line decides. */
const useHome = (config: object = {}) => useCli(cli, { config: { mode: 'default', ...config } });

describe('omcm route', () => {
  it.each([
    ['explore', [], 'default', null],
    ['explore', ['--mode', 'save-tokens'], 'token-saving-agent-explore', 'gemini-3-flash'],
    ['architect', ['--mode', 'save-tokens'], 'save-tokens-keeps-architect', null],
    ['architect', ['--mode', 'fusion'], 'fusion-default-architect', 'gpt-5.2'],
    ['oh-my-claudecode:executor', ['--mode', 'fusionDefault'], 'fusion-default-executor', 'gpt-5.2-codex'],
    ['planner', ['--mode', 'fusionDefault'], 'fusion-keeps-planner', null],
    ['planner', ['--at', '95'], 'claude-limit-95%', 'gpt-5.2'],
    ['planner', ['--at', '95%'], 'claude-limit-95%', 'gpt-5.2'],
    ['planner', ['--at', '89'], 'default', null],
    ['critic', ['--fallback'], 'fallback-active', 'gpt-5.2'],
    ['writer', ['--mode', 'fusion', '--permission-mode', 'default'], 'permission-writes-not-delegated', null],
    [
      'writer',
      ['--mode', 'fusion', '--permission-mode', 'acceptEdits'],
      'fusion-default-writer',
      'gemini-3-flash',
    ],
    ['nobody-knows-me', ['--at', '99'], 'unknown-agent', null],
  ])('says of %s with %j: %s', async (agent, flags, reason, model) => {
    const home = useHome();
    const decision = await home.json(['route', '--agent', agent, ...flags]);
    expect(decision).toMatchObject({
      route: model !== null,
      reason,
      target: model === null ? null : expect.objectContaining({ model }),
    });
  });

  it('prints the decision object itself', async () => {
    const decision = await useHome().json(['route', '--agent', 'omc:explore', '--mode', 'fusion']);
    expect(decision).toEqual({
      route: true,
      engine: 'opencode',
      engineWhy: 'reads',
      reason: 'fusion-default-explore',
      step: 'mode',
      agent: { requested: 'omc:explore', name: 'explore', known: true },
      target: {
        provider: 'gemini',
        model: 'gemini-3-flash',
        name: 'Gemini 3 Flash',
        opencodeProvider: 'google',
      },
      alternatives: [
        expect.objectContaining({ model: 'gemini-3-flash-preview' }),
        expect.objectContaining({ model: 'gemini-2.5-flash' }),
      ],
      role: 'flash',
      roleLabel: 'Flash',
      opencodeAgent: 'explore',
      tier: 'low',
      writes: false,
    });
  });

  it('lets a mode that is asked for win over the configured one', async () => {
    const home = useHome({ mode: 'fusion' });
    expect(await home.json(['route', '--agent', 'explore', '--mode', 'default'])).toMatchObject({
      route: false,
      reason: 'default',
    });
  });

  it('reads the state files', async () => {
    const home = useHome();
    const reading = { percent: 93.4, resetsAt: Math.round(Date.now() / 1000) + 3600 };
    writeFileSync(home.paths.providerLimitsFile, JSON.stringify({ claude: { weekly: reading } }));
    expect(await home.json(['route', '--agent', 'planner'])).toMatchObject({ reason: 'claude-limit-93%' });
    writeFileSync(home.paths.fusionStateFile, JSON.stringify({ enabled: false }));
    expect(await home.json(['route', '--agent', 'planner'])).toMatchObject({ reason: 'routing-disabled' });
  });

  it('says in a line who answers, and why', async () => {
    const { stdout } = await useHome().omcm(['route', '--agent', 'architect', '--mode', 'fusion']);
    expect(stdout).toBe(
      'architect → GPT-5.2 (openai/gpt-5.2, OpenCode agent build)\n  fusion-default-architect: the mode routes it\n' +
        "  engine: opencode (it reads, for which OpenCode's prompts are shorter)\n",
    );
  });

  it('explains each step that was asked', async () => {
    const home = useHome();
    const words = ['route', '--agent', 'architect', '--mode', 'fusion', '--explain'];
    expect(await home.json(words)).toMatchObject({
      reason: 'fusion-default-architect',
      decidedBy: 'offline',
      trail: [
        ...['switch', 'force', 'agent', 'fallback', 'limit', 'rule', 'session', 'usage', 'pace'].map(
          (step) => ({
            step,
            said: null,
          }),
        ),
        { step: 'mode', said: 'fusion-default-architect' },
        { step: 'target', said: 'openai/gpt-5.2' },
        { step: 'engine', said: 'opencode-reads' },
        { step: 'permission', said: null },
      ],
    });
    const { stdout } = await home.omcm(words);
    expect(stdout).toMatch(/mode +fusion-default-architect +◄ decided\n/);
  });

  it('neither needs a daemon nor starts one', async () => {
    const home = useHome();
    expect((await home.omcm(['route', '--agent', 'explore'])).code).toBe(0);
    expect(home.daemons()).toEqual([]);
  });

  it('asks the daemon that runs, which knows the connected models', async () => {
    const home = useHome({ targets: { flash: ['google/gemini-of-next-year'] } });
    await home.omcm(['daemon', 'start']);
    await home.call('GET', '/v1/providers');
    const words = ['route', '--agent', 'explore', '--mode', 'fusion', '--explain'];
    expect(await home.json(words)).toMatchObject({
      route: false,
      reason: 'no-model-flash',
      decidedBy: 'daemon',
    });
    expect(await home.json([...words, '--offline'])).toMatchObject({ route: true, decidedBy: 'offline' });
  });

  it('decides offline as the daemon decides', async () => {
    const home = useHome({ mode: 'save-tokens', agents: { critic: { stays: false } } });
    await home.omcm(['daemon', 'start']);
    for (const flags of [
      [],
      ['--mode', 'fusion'],
      ['--at', '97.8'],
      ['--fallback', '--permission-mode', 'plan'],
    ]) {
      const words = ['route', '--agent', 'critic', ...flags];
      expect(await home.json([...words, '--offline'])).toEqual(await home.json(words));
    }
  });

  it.each([
    ['an agent that is missing', ['route']],
    ['a percentage that is none', ['route', '--agent', 'explore', '--at', 'much']],
    ['a mode that there is not', ['route', '--agent', 'explore', '--mode', 'fusoin']],
    ['a folder that is not there', ['route', '--agent', 'explore', '--directory', '/no/such/folder']],
  ])('refuses %s', async (_, words) => {
    const { code, stdout, stderr } = await useHome().omcm(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^omcm: .+/);
  });

  it('works in a HOME with spaces and Korean letters', async () => {
    const home: CliHome = useCli(cli, { name: '내 집 home', config: { mode: 'fusion' } });
    expect(await home.json(['route', '--agent', 'explore'])).toMatchObject({ route: true });
  });
});

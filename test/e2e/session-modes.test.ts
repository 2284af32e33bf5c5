import { describe, expect, it, vi } from 'vitest';
import { callDaemon } from '../../src/client/call-daemon.ts';
import type { JournaledRequest } from '../../src/simulation/journaled-request.ts';
import { rateLimitHeaders } from '../../src/simulation/rate-limit-headers.ts';
import { writeReferenceAgents } from '../../src/simulation/reference-agents.ts';
import { isConductor, scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { sumUsage } from '../../src/simulation/sum-usage.ts';
import { type ClaudeConversation, startConversation } from '../support/claude-conversation.ts';
import { MODS_OFF } from '../support/mods-off.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const TOLD = 'OMCM hulw is on';
const HOUR = 3_600_000;

function converse(omcm: Omcm, args: readonly string[] = []): ClaudeConversation {
  return startConversation(omcm, { pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)], args });
}

async function modeOf(omcm: Omcm, conversation: ClaudeConversation): Promise<unknown> {
  const path = `/v1/sessions/${conversation.sessionId()}/mode`;
  const { body } = await callDaemon({ socketPath: omcm.socketPath, path });
  return (body as { mode: unknown }).mode;
}

/** The prompt, and what goes out when it comes. */
function script(
  { providers: { anthropic } }: Omcm,
  prompt: string,
  agents: readonly string[],
  more: { readonly background?: boolean; readonly headers?: Readonly<Record<string, string>> } = {},
): () => void {
  const { background = false, headers = {} } = more;
  const calls = agents.map((agent) => ({
    agent: `oh-my-claudecode:${agent}`,
    // Not the prompt itself: a notification repeats it, and would start the script again.
    prompt: `work as ${agent}`,
    background,
  }));
  return scriptConductor(anthropic, { prompt, headers, rounds: [{ calls }] });
}

const byClaude = ({ providers: { anthropic } }: Omcm): readonly JournaledRequest[] =>
  anthropic.journal().filter((request) => subagentOf(request) !== undefined);

const byOthers = ({ providers: { openai, google } }: Omcm): readonly JournaledRequest[] => [
  ...openai.journal(),
  ...google.journal(),
];

const conducted = ({ providers: { anthropic } }: Omcm): JournaledRequest | undefined =>
  anthropic.journal().findLast(isConductor);

describe('a session of the real Claude Code', { timeout: 240_000 }, () => {
  it('is put into hulw by a word, hands out in parallel to other models, and is stopped by a word', async () => {
    const omcm = await useOmcm({ config: { mode: 'default', permissions: { delegateWrites: 'allow' } } });
    const { anthropic, openai, google } = omcm.providers;
    anthropic.on({ answer: { text: 'by Claude' } });
    for (const provider of [openai, google]) provider.on({ answer: { text: 'by another', delayMs: 1_500 } });
    await omcm.warm();
    const session = converse(omcm);

    const mention = 'Tell me what opencode and hulw do, and when I should stop';
    script(omcm, mention, ['explore']);
    await session.say(mention);
    expect([byClaude(omcm).length, byOthers(omcm)]).toEqual([1, []]);
    expect(await modeOf(omcm, session)).toBeNull();
    expect(JSON.stringify(conducted(omcm)?.body)).not.toContain('OMCM');
    await session.say('전환해 줘');
    expect(JSON.stringify(conducted(omcm)?.body)).toContain('omcm handoff --open');

    const hulw = 'hulw refactor X and Y';
    script(omcm, hulw, ['writer', 'writer']);
    await session.say(hulw);
    expect(byClaude(omcm), 'none but the one of before').toHaveLength(1);
    expect(sumUsage(byClaude(omcm).slice(1)).total).toBe(0);
    const [first, second, ...more] = byOthers(omcm);
    expect(more).toEqual([]);
    expect(second?.at, 'both at once').toBeLessThan(first?.endedAt ?? 0);
    expect(JSON.stringify(conducted(omcm)?.body).split(TOLD), 'told once').toHaveLength(2);
    expect(await modeOf(omcm, session)).toBe('hulw');
    expect(omcm.routingLog().map(({ reason }) => reason)).toEqual([
      'default',
      'session-hulw-writer',
      'session-hulw-writer',
    ]);

    const hang = openai.on({ answer: { fault: { kind: 'hang' } } });
    script(omcm, 'Look into Z', ['architect'], { background: true });
    await session.say('Look into Z');
    await vi.waitFor(() => expect(openai.journal().at(-1)?.outcome).toBe('pending'), 20_000);
    const turns = session.turns();
    await session.say('중단');
    expect(JSON.stringify(conducted(omcm)?.body)).toContain('Do not start them again');
    expect(await modeOf(omcm, session)).toBeNull();
    await vi.waitFor(() => expect(openai.journal().at(-1)?.outcome).toBe('left'), 20_000);
    await vi.waitFor(
      () => expect(omcm.routingLog().at(-1)).toMatchObject({ agent: 'architect', reason: 'failed-stopped' }),
      10_000,
    );
    expect(byClaude(omcm), 'Claude does not begin what was stopped').toHaveLength(1);
    await vi.waitFor(() => expect(session.turns(), 'the end of the subagent, told').toBe(turns + 2), 20_000);
    hang();

    script(omcm, 'Look once more', ['explore']);
    await session.say('Look once more');
    expect(byClaude(omcm)).toHaveLength(2);

    script(omcm, 'the last one', ['explore']);
    await session.say('/omcm:hulw the last one');
    expect(JSON.stringify(conducted(omcm)?.body).split(TOLD), 'told anew').toHaveLength(3);
    expect(byClaude(omcm)).toHaveLength(2);
    expect(await modeOf(omcm, session)).toBe('hulw');
    await session.say('/omcm:cancel-autopilot');
    expect(await modeOf(omcm, session)).toBeNull();
    await session.say('ulw');
    expect(await modeOf(omcm, session)).toBe('ulw');
    const id = session.sessionId();
    expect(await session.end()).toBe(0);
    const { body } = await callDaemon({ socketPath: omcm.socketPath, path: `/v1/sessions/${id}/mode` });
    expect(body, 'it ends with its session').toMatchObject({ mode: null });
  });

  it('goes by the usage in ulw: Claude, the simple agents, everything', async () => {
    const omcm = await useOmcm({ login: 'subscription', config: { mode: 'default' } });
    const { anthropic, openai, google } = omcm.providers;
    for (const provider of [openai, google]) provider.on({ answer: { text: 'by another' } });
    await omcm.warm();
    const session = converse(omcm);
    const resetsAt = Date.now() + HOUR;

    const work = async (prompt: string, percent: number) => {
      const headers = rateLimitHeaders({ percent, resetsAt });
      const remove = anthropic.on({ answer: { text: 'by Claude', headers } });
      await session.say(`how are you at ${percent} %?`);
      await vi.waitFor(async () => {
        const { fallback } = await omcm.status();
        expect(fallback?.readings.find(({ window }) => window === 'fiveHour')?.percent).toBe(percent);
      }, 30_000);
      const [claude, others] = [byClaude(omcm).length, byOthers(omcm).length];
      script(omcm, prompt, ['explore', 'architect', 'planner'], { headers });
      await session.say(prompt);
      remove();
      return { byClaude: byClaude(omcm).length - claude, byOthers: byOthers(omcm).length - others };
    };

    expect(await work('ulw look at half', 50)).toEqual({ byClaude: 3, byOthers: 0 });
    expect(await work('look at three quarters', 75)).toEqual({ byClaude: 2, byOthers: 1 });
    expect(await work('look at the end', 92)).toEqual({ byClaude: 0, byOthers: 3 });
    expect(
      omcm
        .routingLog()
        .map(({ agent, reason }) => `${agent} ${reason}`)
        .sort(),
    ).toEqual(
      [
        'architect session-ulw-keeps-architect',
        'explore session-ulw-keeps-explore',
        'planner session-ulw-keeps-planner',
        'architect session-ulw-keeps-architect',
        'explore session-ulw-75%-explore',
        'planner session-ulw-keeps-planner',
        ...['architect', 'explore', 'planner'].map((agent) => `${agent} fallback-active`),
      ].sort(),
    );
    expect(await session.end()).toBe(0);
  });

  it('is put into hulw where mods are off, too, and told so', async () => {
    const omcm = await useOmcm({ config: { mode: 'default' } });
    omcm.providers.anthropic.on({ answer: { text: 'by Claude' } });
    await omcm.start();
    const session = converse(omcm, MODS_OFF);
    await session.say('What does hulw do? And opencode?');
    expect(JSON.stringify(conducted(omcm)?.body)).not.toContain('OMCM');
    await session.say('handoff to opencode, please');
    await session.say('opencode');
    const asked = JSON.stringify(conducted(omcm)?.body);
    expect(asked.split('omcm handoff --open'), 'how to hand over, once').toHaveLength(2);
    await session.say('hulw go');
    expect(await modeOf(omcm, session)).toBe('hulw');
    expect(JSON.stringify(conducted(omcm)?.body)).toContain(TOLD);
    await session.say('취소');
    expect(await modeOf(omcm, session)).toBeNull();
    await session.say('/omcm:ulw go on');
    expect(await modeOf(omcm, session)).toBe('ulw');
    expect(await session.end()).toBe(0);
  });
});

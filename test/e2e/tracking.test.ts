import { describe, expect, it } from 'vitest';
import { shortCount } from '../../src/core/hud/render-hud.ts';
import type { LiveState } from '../../src/core/live/live-state.ts';
import type { MetricsReport } from '../../src/core/tracking/metrics-collector.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { sumUsage } from '../../src/simulation/sum-usage.ts';
import { until } from '../daemon/support/until.ts';
import { parsePrometheus } from '../support/parse-prometheus.ts';
import { runOmcm } from '../support/run-omcm.ts';
import { type Omcm, useOmcm } from '../support/use-omcm.ts';

/** As far as the test looks at it. */
type Savings = {
  readonly total: {
    readonly tasks: number;
    readonly tokens: { readonly input: number; readonly output: number };
    readonly savedTokens: { readonly low: number };
    readonly answerTokens: number;
  };
  readonly rows: readonly { readonly key: string; readonly tokens: object }[];
  readonly claude: Readonly<
    Record<'lead' | 'subagents', { readonly input: number; readonly output: number }>
  >;
};

function sessionIn(omcm: Omcm): unknown {
  return omcm.routingLog()[0]?.sessionId;
}

describe('what is counted', () => {
  it('equals what the providers billed, to the token, over several calls with several steps', async () => {
    const omcm = await useOmcm();
    const { anthropic, openai, google } = omcm.providers;
    // No two answers take the same, and some calls take several of them.
    let asked = 0;
    const usage = () => {
      asked += 1;
      return { input: 1_000 + 37 * asked, output: 100 + 7 * asked };
    };
    const read = { name: 'read', input: { filePath: `${omcm.home.projectDir}/README.md` } };
    google.on({
      answer: (request) =>
        request.turns.length < 2
          ? { toolUses: [read], usage: usage() }
          : { text: 'found it', usage: usage() },
    });
    openai.on({ answer: () => ({ text: 'advice', usage: usage() }) });
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: { text: 'A plan.', usage: { input: 777, output: 70 } },
    });
    const call = (agent: string, prompt: string) => ({ agent, prompt });
    scriptConductor(anthropic, {
      rounds: [
        { calls: [call('Explore', 'find one'), call('Explore', 'find two'), call('Plan', 'plan it')] },
        { calls: [call('Explore', 'find three')] },
        { calls: [call('oh-my-claudecode:architect', 'advise')] },
      ],
    });
    await omcm.warm();
    await omcm.claude({ prompt: 'go' });

    const elsewhere = sumUsage(
      [...google.journal(), ...openai.journal()].filter(({ model }) => model !== ''),
    );
    const lead = sumUsage(anthropic.journal().filter((request) => subagentOf(request) === undefined));
    const native = sumUsage(anthropic.journal().filter((request) => subagentOf(request) !== undefined));
    const ask = async <T>(...words: string[]) => JSON.parse(await runOmcm(omcm, [...words, '--json'])) as T;

    const isThere = async () => {
      const { claude } = await ask<Savings>('savings');
      return claude.lead.input + claude.subagents.input >= lead.input + native.input;
    };
    await until(isThere, 20_000);
    const savings = await ask<Savings>('savings', '--by', 'model');
    expect(savings.total.tokens).toMatchObject({ input: elsewhere.input, output: elsewhere.output });
    expect(savings.claude.lead).toMatchObject({ input: lead.input, output: lead.output });
    expect(savings.claude.subagents).toMatchObject({ input: native.input, output: native.output });
    expect(savings.total.savedTokens.low).toBe(elsewhere.total - savings.total.answerTokens);

    const line = await runOmcm(omcm, ['hud'], JSON.stringify({ session_id: sessionIn(omcm) }));
    const flow = ({ input, output }: { readonly input: number; readonly output: number }) =>
      `${shortCount(input)}↓ ${shortCount(output)}↑`;
    const claude = { input: lead.input + native.input, output: lead.output + native.output };
    expect(line.replace(/\p{Cc}\[[\d;]*m/gu, '')).toContain(
      `C:${flow(claude)}|O:${flow(sumUsage(openai.journal()))}|G:${flow(sumUsage(google.journal()))} · fusion`,
    );

    const series = parsePrometheus(await runOmcm(omcm, ['metrics'])).flatMap((family) => family.series);
    const counted = (name: string, labels: Readonly<Record<string, string>>) =>
      series
        .filter(
          (one) => one.name === name && Object.keys(labels).every((key) => one.labels[key] === labels[key]),
        )
        .reduce((sum, { value }) => sum + value, 0);
    const both = (name: string, labels: Readonly<Record<string, string>> = {}) => ({
      input: counted(name, { ...labels, type: 'input' }),
      output: counted(name, { ...labels, type: 'output' }),
    });
    expect(both('omcm_tokens_total')).toEqual({ input: elsewhere.input, output: elsewhere.output });
    expect(both('omcm_claude_tokens_total', { part: 'lead' })).toEqual({
      input: lead.input,
      output: lead.output,
    });
    expect(both('omcm_claude_tokens_total', { part: 'subagents' })).toEqual({
      input: native.input,
      output: native.output,
    });

    const stats = await ask<{ totals: Record<keyof MetricsReport, { usage: object }> }>('stats');
    const { input, output } = sumUsage(google.journal());
    expect(stats.totals.hours.usage).toMatchObject({ gemini: { input, output } });

    // What the dashboard shows as well: it is the same value.
    const { tasks, levels } = await ask<LiveState>('top', '--once');
    expect(tasks.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0)).toBe(elsewhere.total);
    expect(levels.savings?.at(-1)).toMatchObject({ tasks: tasks.length, spentTokens: elsewhere.total });
  });
});

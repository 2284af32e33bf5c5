import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Call, processesIn, type Report, startDemo, usePlace } from './demo/start-demo.ts';

const nameOf = ({ agent }: Call) => agent.replace('oh-my-claudecode:', '');

describe('omcm demo', () => {
  it('routes subagents of the real Claude Code, saves at least 62 % of its tokens, and leaves nothing', async () => {
    const place = usePlace();
    const { code, stdout, stderr } = await startDemo(['--json'], place.env).ended;

    expect(code, stderr + stdout).toBe(0);
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ ok: true, problems: [], folder: null });

    const { calls } = report;
    expect(calls.length).toBeGreaterThanOrEqual(6);
    const went = Object.fromEntries(calls.map((call) => [nameOf(call), `${call.provider}/${call.model}`]));
    expect(went).toMatchObject({
      explore: 'gemini/gemini-3-flash',
      writer: 'gemini/gemini-3-flash',
      architect: 'openai/gpt-5.2',
      researcher: 'openai/gpt-5.2',
    });
    const routed = calls.filter(({ route }) => route);
    expect(routed.map(({ reason }) => reason)).toEqual(
      routed.map((call) => `fusion-default-${nameOf(call)}`),
    );
    expect(calls.filter(({ route }) => !route)).toMatchObject([
      { agent: 'oh-my-claudecode:planner', reason: 'fusion-keeps-planner', provider: 'claude' },
    ]);

    expect(Math.max(...routed.map(({ requests }) => requests)), 'turns with tools').toBeGreaterThanOrEqual(5);
    expect(calls.every(({ tokens }) => tokens.input > 0 && tokens.output > 0)).toBe(true);
    const [first, ...others] = routed;
    const end = (first?.startedMs ?? 0) + (first?.durationMs ?? 0);
    expect(others.filter(({ startedMs }) => startedMs < end).length, 'at the same time').toBeGreaterThan(0);

    expect(routed.map(({ claudeRequests }) => claudeRequests)).toEqual(routed.map(() => 0));
    expect(report.routedSubagents).toMatchObject({ calls: routed.length, claudeRequests: 0 });
    const { without, with: withOmcm, savedPercent } = report.claudeTokens;
    expect(savedPercent).toBeGreaterThanOrEqual(62);
    expect(savedPercent).toBeCloseTo(100 * (1 - withOmcm / without), 0);

    expect(processesIn(place.root)).toEqual([]);
    expect(readdirSync(place.temp), 'temporary folders').toEqual([]);
    expect(readdirSync(place.home), 'the HOME of the user').toEqual([]);
  });
});

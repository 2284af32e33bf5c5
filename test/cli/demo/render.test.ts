import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { CallRow } from '../../../src/cli/demo/calls/call-row.ts';
import { compareClaudeTokens } from '../../../src/cli/demo/calls/compare-claude-tokens.ts';
import { type DemoReport, routedCostOf, toJson } from '../../../src/cli/demo/demo-report.ts';
import { formatSeconds, formatTokens } from '../../../src/cli/demo/render/format.ts';
import { renderNews } from '../../../src/cli/demo/render/render-news.ts';
import { renderReport } from '../../../src/cli/demo/render/render-report.ts';
import { demoWordsFor } from '../../../src/cli/demo/words.ts';
import { messagesIn } from '../../../src/cli/messages.ts';
import { sampleCall, sampleDecision } from './samples.ts';

const look = { words: demoWordsFor(messagesIn('en')), colours: picocolors.createColors(false) };

const explore: CallRow = {
  agent: 'oh-my-claudecode:explore',
  route: true,
  reason: 'fusion-default-explore',
  provider: 'gemini',
  model: 'gemini-3-flash',
  requests: 6,
  tokens: { input: 10_734, output: 172 },
  startedMs: 0,
  durationMs: 2_340,
  claude: { requests: 0, tokens: 0 },
};
const planner: CallRow = {
  ...explore,
  agent: 'oh-my-claudecode:planner',
  route: false,
  reason: 'fusion-keeps-planner',
  provider: 'claude',
  model: 'claude-opus',
  claude: { requests: 4, tokens: 33_482 },
};
const rows = [explore, planner];
const report: DemoReport = {
  kind: 'simulated',
  rows,
  comparison: compareClaudeTokens(
    { total: 357_885, conductor: 57_928, subagents: 299_957 },
    { total: 91_231, conductor: 57_749, subagents: 33_482 },
  ),
  routed: routedCostOf(rows),
  faults: [],
  ms: { without: 1, warmUp: 2, with: 3 },
  folder: null,
};

describe('what the demo shows', () => {
  it('has a row for each call, and the saving', () => {
    const text = renderReport(report, look);
    expect(text).toMatch(
      /explore +routed +fusion-default-explore +gemini\/gemini-3-flash +6 +10\.7k +172 +2\.3 s/,
    );
    expect(text).toMatch(/planner +native +fusion-keeps-planner +claude\/claude-opus/);
    expect(text).toMatch(/conductor +57\.9k +57\.7k/);
    expect(text).toMatch(/subagents +300\.0k +33\.5k/);
    expect(text).toMatch(/total +357\.9k +91\.2k +74\.5 %/);
    expect(text).toContain('simulated');
  });

  it('counts what the routed subagents cost at Claude, instead of claiming that it is nothing', () => {
    expect(renderReport(report, look)).toContain('the 1 routed subagent: 0 (0 requests)');
    const paidTwice = [{ ...explore, claude: { requests: 1, tokens: 7_738 } }, planner];
    const text = renderReport({ ...report, rows: paidTwice, routed: routedCostOf(paidTwice) }, look);
    expect(text).toContain('the 1 routed subagent: 7.7k (1 request)');
  });

  it('leaves out what nobody has counted', () => {
    const total = (tokens: number) => ({ total: tokens, conductor: null, subagents: null });
    const uncounted = { ...explore, requests: null, tokens: null, durationMs: null };
    const comparison = compareClaudeTokens(total(100), total(50));
    const text = renderReport({ ...report, rows: [uncounted], comparison, kind: 'live' }, look);
    expect(text).toMatch(/gemini-3-flash +– +– +– +–/);
    expect(text).not.toContain('conductor');
    expect(text).not.toContain('simulated');
  });

  it('says where a call goes and why as it starts, and how long it took as it ends', () => {
    const [call, decision] = [sampleCall(), sampleDecision()];
    expect(renderNews({ kind: 'started', call, decision }, look)).toMatch(
      /→ explore +gemini\/gemini-3-flash +fusion-default-explore/,
    );
    expect(renderNews({ kind: 'ended', call, decision }, look)).toMatch(
      /✓ explore +gemini\/gemini-3-flash +2\.0 s/,
    );
  });

  it('marks a call that came back to Claude, with the reason', () => {
    const decision = sampleDecision({ failed: 'failed-provider-silent' });
    expect(renderNews({ kind: 'ended', call: sampleCall(), decision }, look)).toMatch(
      /✗ explore .*failed-provider-silent/,
    );
  });

  it('gives scripts the numbers, and each problem with its code and its sentence', () => {
    const faults = [{ code: 'undecided', agent: 'explore' }] as const;
    expect(toJson({ ...report, faults }, look.words.fault)).toMatchObject({
      ok: false,
      calls: [{ agent: 'oh-my-claudecode:explore', route: true, claudeTokens: 0 }, { claudeTokens: 33_482 }],
      claudeTokens: { without: 357_885, with: 91_231, savedPercent: 74.5 },
      routedSubagents: { calls: 1, claudeRequests: 0, claudeTokens: 0 },
      problems: [{ code: 'undecided', agent: 'explore', message: expect.stringContaining('explore') }],
    });
  });

  it('speaks Korean where the command line does', () => {
    const korean = { ...look, words: demoWordsFor(messagesIn('ko')) };
    expect(renderReport(report, korean)).toContain('지휘자');
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1.0k'],
    [357_885, '357.9k'],
    [999_949, '999.9k'],
    [999_950, '1.0M'],
    [3_400_000, '3.4M'],
  ])('writes %i tokens as %s', (count, text) => {
    expect(formatTokens(count)).toBe(text);
  });

  it('writes times in seconds', () => {
    expect(formatSeconds(2_340)).toBe('2.3 s');
  });
});

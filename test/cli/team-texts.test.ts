// How the command line says that something comes from the team.
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { DecisionRecord } from '../../src/adapters/files/decision-records.ts';
import { renderBudget } from '../../src/cli/budget/render-budget.ts';
import type { Cli } from '../../src/cli/cli.ts';
import { renderStatus } from '../../src/cli/daemon/render-status.ts';
import { messagesIn } from '../../src/cli/messages.ts';
import { renderRecord } from '../../src/cli/why/render-record.ts';
import { DEFAULT_CONFIG } from '../../src/core/config/schema.ts';
import type { BudgetStatus } from '../../src/protocol/budget.ts';
import type { SharingStatus, Status } from '../../src/protocol/status.ts';

const NOW = 1_800_000_000_000;
const FLASH = { key: 'google/gemini-3-flash', code: 'provider-rate-limited' };
const cliIn = (locale: 'en' | 'ko') =>
  ({ m: messagesIn(locale), output: { colours: picocolors.createColors(false) } }) as unknown as Cli;

function statusOf(sharing: SharingStatus, locale: 'en' | 'ko' = 'en'): string {
  const status = {
    version: '1',
    pid: 7,
    startedAt: NOW,
    state: 'serving',
    sessions: 0,
    stateDir: '/s',
    tasks: { running: 0, total: 0, routed: 0, failed: 0, failedOpen: 0 },
    opencode: { servers: [] },
    resting: [{ ...FLASH, until: NOW + 60_000, from: 'devbox' }],
    sharing,
    configProblems: [],
    recentProblems: [],
  } as unknown as Status;
  return renderStatus(status, { ...cliIn(locale), socketPath: '/s/sock', now: NOW });
}

describe('omcm status', () => {
  const sharing: SharingStatus = {
    redis: 'answers',
    namespace: 'kitchen',
    what: ['circuits', 'budgets'],
    accounts: ['openai'],
  };

  it('says what is shared with whom, and which machine has found out what', () => {
    const text = statusOf(sharing);
    expect(text).toContain('shared with the team kitchen: circuits, budgets; its accounts: openai');
    expect(text).toContain(
      `${FLASH.key}: provider-rate-limited, back in 1 min 0 s (found out by devbox, of your team)`,
    );
    expect(text).not.toContain('Redis does not answer');
    expect(statusOf({ ...sharing, redis: 'lost' })).toContain('this machine goes on with what it knows');
    expect(statusOf(sharing, 'ko')).toContain('팀의 devbox에서 알아냄');
  });
});

describe('omcm why', () => {
  const record: Omit<DecisionRecord, 'resting'> = {
    timestamp: NOW,
    requestId: 'r',
    sessionId: null,
    agentId: null,
    subagentType: 'Explore',
    agent: 'explore',
    decision: 'route',
    reason: 'fusion-default-explore',
    step: 'mode',
    provider: 'openai',
    model: 'gpt-5.2',
    engine: null,
    engineWhy: null,
    durationMs: 1,
    balancedBy: null,
    balancedWhy: null,
    shadow: null,
    steps: null,
    inputs: null,
    failed: null,
    outcome: null,
  };
  const why = (from: string | null, locale: 'en' | 'ko' = 'en') =>
    renderRecord({ ...record, resting: [{ ...FLASH, from }] }, cliIn(locale));

  it('says who was not asked, and who had found out why', () => {
    expect(why('devbox')).toContain(
      `not asked: ${FLASH.key}, which rested (provider-rate-limited), as devbox of your team had found out`,
    );
    expect(why(null)).toContain(`not asked: ${FLASH.key}, which rested (provider-rate-limited)\n`);
    expect(why('devbox', 'ko')).toContain('팀의 devbox에서 알아냄');
  });
});

describe('omcm budget', () => {
  const share = { limit: null, used: 5, left: null };
  const status: BudgetStatus = {
    budgets: { ...DEFAULT_CONFIG.budgets, teamDay: 1_000 },
    day: share,
    team: { day: { limit: 1_000, used: 250, left: 750 }, month: { limit: null, used: 900, left: null } },
    tasks: [],
    runs: [],
    sessions: [],
    typical: [],
  };

  it('has a line for the day and the month of the team, where there is one', () => {
    const [, , day, month] = renderBudget(status, cliIn('en')).split('\n');
    expect(day).toMatch(/^team, day +1k +250 +750 +25 %$/);
    expect(month).toMatch(/^team, month +– +900 +–/);
    const { team: _, ...alone } = status;
    expect(renderBudget(alone, cliIn('en'))).not.toContain('team');
    expect(renderBudget(status, cliIn('ko'))).toContain('팀, 한 달');
  });
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config/schema.ts';
import type { Consent } from '../../../src/core/routing/decide-engine.ts';
import {
  createRescue,
  type RescueOptions,
  type Surroundings,
} from '../../../src/daemon/native-tools/rescue.ts';
import type { AssignedTask } from '../../../src/daemon/native-tools/work.ts';
import type { Decided } from '../../../src/daemon/tracking/recorder.ts';
import { NO_TRACES } from '../../../src/daemon/tracking/task-traces.ts';

const NOON = new Date(2026, 0, 28, 12).getTime();
const TWO = new Date(2026, 0, 28, 14).getTime();
const SPENT = {
  'anthropic-ratelimit-unified-status': 'rejected',
  'anthropic-ratelimit-unified-reset': String(TWO / 1_000),
};
const PROMPT = { model: 'claude', messages: [{ role: 'user' as const, content: 'Go on.' }] };
const AFTER_A_TOOL = {
  model: 'claude',
  messages: [
    { role: 'assistant' as const, content: [{ type: 'tool_use', id: 'a', name: 'Read', input: {} }] },
    { role: 'user' as const, content: [{ type: 'tool_result', tool_use_id: 'a', content: 'text' }] },
  ],
};

type Setting = Omit<Partial<Surroundings>, 'config'> & {
  readonly rescue?: 'off' | 'ask' | 'auto';
  readonly said?: Consent;
  readonly overBudget?: boolean;
};

function useRescue({ rescue = 'auto', said, overBudget = false, ...around }: Setting = {}) {
  const decided: Decided[] = [];
  const assigned: AssignedTask[] = [];
  const consents = new Map(said === undefined ? [] : [['openai', said]]);
  const options: RescueOptions = {
    look: async () => ({
      config: { ...DEFAULT_CONFIG, rescue },
      isTrusted: true,
      connected: new Set(['openai/gpt-5.2']),
      reach: { models: new Set(['openai/gpt-5.2']), consents, cheaper: false },
      ...around,
    }),
    steps: {
      leads: (agentId) => assigned.some((task) => task.agentId === agentId),
      assign: (task) => void assigned.push(task),
      answer: async () => (async function* () {})(),
    },
    recorder: { decided: (entry) => void decided.push(entry) },
    spending: {
      limitOf: () => null,
      verdict: () => (overBudget ? { reason: 'budget-day', block: null } : null),
    },
    traces: NO_TRACES,
    env: { LANG: 'C' },
    now: () => NOON,
  };
  const { step } = createRescue(options);
  const ask = (headers: Readonly<Record<string, string>> = SPENT, body = PROMPT) =>
    step({ sessionId: 's1', directory: '/project', headers }, body, new AbortController().signal);
  return { ask, decided, assigned };
}

describe('a step of the lead that Claude has refused', () => {
  it('is answered by the first model of the strongest role, one piece of work for all its steps', async () => {
    const { ask, decided, assigned } = useRescue();
    const first = await ask();
    expect(first.answer).not.toBeNull();
    expect(first.told).toMatch(/spent until 14:00.*GPT-5\.2 goes on/);
    expect(await ask(), 'told once').toMatchObject({ told: null, answer: expect.anything() });
    expect(assigned).toHaveLength(1);
    expect(decided).toMatchObject([{ decision: { reason: 'rescue-claude-limit', agent: { name: 'lead' } } }]);
  });

  it('is marked where somebody has said something new', async () => {
    const { ask, assigned } = useRescue();
    await ask();
    const [task] = assigned;
    const target = task?.decision.target;
    if (target === undefined) throw new Error('nothing was assigned');
    expect(task?.mark?.(PROMPT, target)).toContain("GPT-5.2 answers in Claude's place");
    expect(task?.mark?.(AFTER_A_TOOL, target)).toBeNull();
  });

  it('is only offered where the user is to be asked', async () => {
    const { ask, decided } = useRescue({ rescue: 'ask' });
    expect(await ask()).toMatchObject({
      answer: null,
      told: expect.stringContaining('omcm config set rescue auto'),
    });
    expect(await ask()).toEqual({ answer: null, told: null });
    expect(decided).toEqual([]);
  });

  it.each<readonly [string, Setting, Readonly<Record<string, string>>]>([
    [
      'for another reason than a spent window',
      {},
      { ...SPENT, 'anthropic-ratelimit-unified-status': 'allowed' },
    ],
    ['without a word on windows', {}, { 'retry-after': '5' }],
    ['where nobody wants it', { rescue: 'off' }, SPENT],
    ['in a project that refuses that vendor', { said: 'never' }, SPENT],
    ['in a project that is not trusted', { isTrusted: false }, SPENT],
    ['where no such model is connected', { connected: new Set<string>() }, SPENT],
    ['beyond a budget', { overBudget: true }, SPENT],
  ])('stays refused %s', async (_, setting, headers) => {
    const { ask, assigned } = useRescue(setting);
    expect(await ask(headers)).toEqual({ answer: null, told: null });
    expect(assigned).toEqual([]);
  });
});

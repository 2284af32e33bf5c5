import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { type RescueStanding, say } from '../../../src/core/native-tools/rescue-standing.ts';
import type { Consent } from '../../../src/core/routing/decide-engine.ts';
import {
  createRescue,
  type RescueOptions,
  type Surroundings,
} from '../../../src/daemon/native-tools/rescue.ts';
import type { RescueDesk } from '../../../src/daemon/native-tools/rescue-desk.ts';
import type { AssignedTask } from '../../../src/daemon/native-tools/work.ts';
import type { Decided } from '../../../src/daemon/tracking/recorder.ts';
import { NO_TRACES } from '../../../src/daemon/tracking/task-traces.ts';

const NOON = new Date(2026, 0, 28, 12).getTime();
const TWO = new Date(2026, 0, 28, 14).getTime();
const SPENT = {
  'anthropic-ratelimit-unified-status': 'rejected',
  'anthropic-ratelimit-unified-reset': String(TWO / 1_000),
};
const tools = [{ name: 'Read', input_schema: {} }];
const PROMPT = { model: 'claude', tools, messages: [{ role: 'user' as const, content: 'Go on.' }] };
const ASIDE = { ...PROMPT, tools: [] };
const AFTER_A_TOOL = {
  model: 'claude',
  tools,
  messages: [
    { role: 'assistant' as const, content: [{ type: 'tool_use', id: 'a', name: 'Read', input: {} }] },
    { role: 'user' as const, content: [{ type: 'tool_result', tool_use_id: 'a', content: 'text' }] },
  ],
};

type Setting = Omit<Partial<Surroundings>, 'config'> & {
  readonly rescue?: 'off' | 'ask' | 'auto';
  readonly said?: Consent;
  readonly overBudget?: boolean;
  /** Of the targets, who answers. */
  readonly answeredBy?: number;
  readonly oracle?: readonly string[];
};

function useRescue({
  rescue = 'auto',
  said,
  overBudget = false,
  answeredBy = 0,
  oracle = ['openai/gpt-5.2'],
  ...around
}: Setting = {}) {
  const decided: Decided[] = [];
  const assigned: AssignedTask[] = [];
  const watched: string[] = [];
  const standings = new Map<string, RescueStanding>();
  const change: RescueDesk['change'] = (id, next) => {
    const before = standings.get(id) ?? null;
    standings.set(id, next(before));
    return before?.state !== standings.get(id)?.state;
  };
  const consents = new Map(said === undefined ? [] : [['openai', said]]);
  const options: RescueOptions = {
    look: async () => ({
      config: { ...DEFAULT_CONFIG, rescue, targets: { ...DEFAULT_CONFIG.targets, oracle } },
      isTrusted: true,
      connected: new Set(['openai/gpt-5.2']),
      reach: { models: new Set(['openai/gpt-5.2']), consents, cheaper: false, trial: false },
      ...around,
    }),
    desk: { get: (id) => standings.get(id) ?? null, change },
    watch: (begun) => {
      watched.push(begun.decision.agent.name);
      return () => undefined;
    },
    steps: {
      leaderOf: (agentId) => {
        const decision = assigned.find((task) => task.agentId === agentId)?.decision;
        return decision === undefined
          ? null
          : ([decision.target, ...decision.alternatives][answeredBy] ?? null);
      },
      assign: (task) => void assigned.push(task),
      answer: async () => answers(assigned),
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
  const standing = () => standings.get('s1') ?? null;
  const word = (set: 'on' | 'off') =>
    change('s1', (before) => say(before, { sessionId: 's1', word: set, at: NOON }));
  return { ask, decided, assigned, watched, standing, word };
}

/** The mark is asked for where the answer begins. */
async function* answers([task]: readonly AssignedTask[]): AsyncGenerator<string> {
  if (task !== undefined) task.mark?.(PROMPT, task.decision.target);
  yield 'answer';
}

describe('a step of the lead that Claude has refused', () => {
  it('is answered by the first model of the strongest role, one piece of work for all its steps', async () => {
    const { ask, decided, assigned, watched, standing } = useRescue();
    const first = await ask();
    for await (const _ of first.answer ?? []);
    expect(first.answer).not.toBeNull();
    expect(standing()).toMatchObject({ state: 'answering', model: 'GPT-5.2', since: NOON, until: TWO });
    expect(watched, 'whoever looks on sees it').toEqual(['lead']);
    expect(first.told).toMatch(/spent until 14:00.*GPT-5\.2 goes on/);
    expect(await ask(), 'told once').toMatchObject({ told: null, answer: expect.anything() });
    expect(assigned).toHaveLength(1);
    expect(decided).toMatchObject([{ decision: { reason: 'rescue-claude-limit', agent: { name: 'lead' } } }]);
  });

  it('is told of with the model that answers, where the first one does not', async () => {
    const models = new Set(['openai/gpt-5.2', 'google/gemini-3-pro']);
    const oracle = [...models];
    const { ask } = useRescue({
      connected: models,
      reach: { models, consents: new Map(), cheaper: false, trial: false },
      answeredBy: 1,
      oracle,
    });
    expect((await ask()).told).toMatch(/Gemini 3 Pro goes on/);
  });

  it('is marked where somebody has said something new', async () => {
    const { ask, assigned } = useRescue();
    await ask();
    const [task] = assigned;
    const target = task?.decision.target;
    if (target === undefined) throw new Error('nothing was assigned');
    expect(task?.mark?.(PROMPT, target)).toContain("GPT-5.2 answers in Claude's place");
    expect(task?.mark?.(AFTER_A_TOOL, target)).toBeNull();
    expect(task?.mark?.(ASIDE, target), 'such as a title').toBeNull();
  });

  it('is offered once where the user is to be asked, and answered after a yes alone', async () => {
    const { ask, decided, standing, word } = useRescue({ rescue: 'ask' });
    expect(await ask()).toMatchObject({ answer: null, told: expect.stringContaining('`rescue on`') });
    expect(await ask()).toEqual({ answer: null, told: null });
    expect(standing()).toMatchObject({ state: 'offered', model: 'GPT-5.2', until: TWO });
    expect(decided).toEqual([]);
    word('on');
    expect((await ask()).answer).not.toBeNull();
    word('off');
    expect(await ask()).toEqual({ answer: null, told: null });
  });

  it('is left where the user says no, though it would be answered by itself, and answered on a yes where it is off', async () => {
    const refusing = useRescue({ rescue: 'auto' });
    refusing.word('off');
    expect(await refusing.ask()).toEqual({ answer: null, told: null });
    const allowing = useRescue({ rescue: 'off' });
    allowing.word('on');
    expect((await allowing.ask()).answer).not.toBeNull();
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

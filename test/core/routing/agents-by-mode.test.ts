import { describe, expect, it } from 'vitest';
import { AGENTS } from '../../../src/core/agents/catalogue.ts';
import { decideRoute } from '../../../src/core/routing/decide-route.ts';
import type { Mode } from '../../../src/core/routing/mode.ts';
import { input, NOW, reading } from './route-input.ts';

// Every agent against every mode. In default mode nothing is routed, so it has no column.
const TABLE = `
  agent                  role    opencode does   save-tokens  fusion  emergency
  architect              oracle  build    reads  no           yes     yes
  architect-medium       oracle  build    reads  yes          yes     yes
  architect-low          flash   explore  reads  yes          yes     yes
  analyst                oracle  plan     reads  no           yes     yes
  critic                 oracle  plan     reads  no           yes     yes
  planner                oracle  plan     reads  no           no      yes
  researcher             oracle  general  reads  yes          yes     yes
  researcher-low         flash   general  reads  yes          yes     yes
  explore                flash   explore  reads  yes          yes     yes
  explore-medium         oracle  explore  reads  yes          yes     yes
  explore-high           oracle  explore  reads  yes          yes     yes
  scientist              oracle  build    edits  yes          yes     yes
  scientist-low          flash   build    edits  yes          yes     yes
  scientist-high         oracle  build    edits  yes          yes     yes
  designer               flash   build    edits  yes          yes     yes
  designer-low           flash   build    edits  yes          yes     yes
  designer-high          codex   build    edits  yes          yes     yes
  writer                 flash   general  edits  yes          yes     yes
  vision                 flash   general  reads  yes          yes     yes
  executor               codex   build    edits  no           yes     yes
  executor-low           flash   build    edits  no           yes     yes
  executor-high          codex   build    edits  no           yes     yes
  qa-tester              codex   build    edits  no           yes     yes
  qa-tester-high         codex   build    edits  no           yes     yes
  tdd-guide              codex   build    edits  no           yes     yes
  tdd-guide-low          flash   build    edits  no           yes     yes
  build-fixer            codex   build    edits  no           yes     yes
  build-fixer-low        flash   build    edits  no           yes     yes
  code-reviewer          oracle  build    reads  yes          yes     yes
  code-reviewer-low      flash   build    reads  yes          yes     yes
  security-reviewer      oracle  build    reads  no           yes     yes
  security-reviewer-low  flash   build    reads  yes          yes     yes
  code-simplifier        codex   build    edits  no           yes     yes
  debugger               oracle  build    reads  yes          yes     yes
  document-specialist    flash   general  reads  yes          yes     yes
  git-master             codex   build    edits  no           yes     yes
  test-engineer          codex   build    edits  no           yes     yes
  tracer                 oracle  build    reads  yes          yes     yes
  verifier               codex   build    reads  no           yes     yes
  Explore                flash   explore  reads  yes          yes     yes
  Plan                   oracle  plan     reads  no           no      yes
  general-purpose        -       -        -      no           no      no
  statusline-setup       -       -        -      no           no      no
  claude                 -       -        -      no           no      no
`;

const MODELS: Readonly<Record<string, object>> = {
  oracle: { provider: 'openai', model: 'gpt-5.2', name: 'GPT-5.2' },
  codex: { provider: 'openai', model: 'gpt-5.2-codex', name: 'GPT-5.2 Codex' },
  flash: { provider: 'gemini', model: 'gemini-3-flash', name: 'Gemini 3 Flash', opencodeProvider: 'google' },
};

const ROWS = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [agent = '', role = '', opencodeAgent = '', does, saveTokens, fusion, emergency] = line
      .trim()
      .split(/\s+/);
    const columns = {
      saveTokens: saveTokens === 'yes',
      fusion: fusion === 'yes',
      emergency: emergency === 'yes',
    };
    return { agent, role, opencodeAgent, writes: does === 'edits', ...columns };
  });

function expectRoute(
  row: (typeof ROWS)[number],
  given: Parameters<typeof input>[0],
  routed: boolean,
  reason: string,
) {
  const decision = decideRoute(input({ ...given, agent: row.agent }));
  if (!routed) {
    expect(decision).toMatchObject({ route: false, target: null, opencodeAgent: null });
    return decision;
  }
  expect(decision).toMatchObject({
    route: true,
    reason,
    role: row.role,
    target: MODELS[row.role],
    opencodeAgent: row.opencodeAgent,
    writes: row.writes,
  });
  return decision;
}

describe('where every agent goes', () => {
  it('has a row for each agent of the catalogue', () => {
    expect(ROWS.map((row) => row.agent)).toEqual(AGENTS.map((agent) => agent.name));
  });

  it('counts as the seed does: 32 agents, 18 in save-tokens mode, all but planner in fusion', () => {
    const seed = ROWS.slice(0, 32);
    expect(seed.at(-1)?.agent).toBe('security-reviewer-low');
    expect(seed.filter((row) => row.saveTokens)).toHaveLength(18);
    expect(seed.filter((row) => !row.fusion).map((row) => row.agent)).toEqual(['planner']);
    expect(seed.every((row) => row.emergency)).toBe(true);
  });

  for (const row of ROWS) {
    describe(row.agent, () => {
      it('stays on Claude in default mode', () => {
        const decision = expectRoute(row, { mode: 'default' }, false, '');
        expect(decision.step).toBe(row.emergency ? 'default' : 'agent');
      });

      it(`${row.saveTokens ? 'is routed' : 'stays on Claude'} in save-tokens mode`, () => {
        expectRoute(row, { mode: 'save-tokens' }, row.saveTokens, `token-saving-agent-${row.agent}`);
      });

      it(`${row.fusion ? 'is routed' : 'stays on Claude'} in fusion mode`, () => {
        expectRoute(row, { mode: 'fusion' }, row.fusion, `fusion-default-${row.agent}`);
      });

      for (const mode of ['default', 'save-tokens', 'fusion'] satisfies Mode[]) {
        it(`${row.emergency ? 'is routed' : 'stays on Claude'} at the limit, in ${mode} mode`, () => {
          const quota = { fiveHour: reading(92.7), weekly: null };
          expectRoute(row, { mode, quota, now: NOW }, row.emergency, 'claude-limit-92%');
        });

        it(`${row.emergency ? 'is routed' : 'stays on Claude'} in fallback, in ${mode} mode`, () => {
          expectRoute(row, { mode, fallback: { active: true } }, row.emergency, 'fallback-active');
        });
      }
    });
  }
});

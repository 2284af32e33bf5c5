import { execFileSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agentCalls, finalResult } from '../../src/simulation/claude-events.ts';
import type { JournaledRequest } from '../../src/simulation/journaled-request.ts';
import { writeReferenceAgents } from '../../src/simulation/reference-agents.ts';
import {
  referenceCalls,
  referencePrompt,
  scriptReferenceWorkload,
} from '../../src/simulation/reference-workload.ts';
import { runClaude } from '../../src/simulation/run-claude.ts';
import { runOpenCodeCold } from '../../src/simulation/run-opencode-cold.ts';
import { isConductor, scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { startTmuxClaude } from '../support/tmux-claude.ts';
import { useSimulation } from '../support/use-simulation.ts';

const LIMIT_MS = 60_000;

describe('the real Claude Code against the simulated Anthropic API', () => {
  it(
    'runs the reference workload, every subagent answered natively',
    async () => {
      const { providers, home } = await useSimulation({ name: '내 집 home' });
      scriptReferenceWorkload(providers, home.projectDir);

      const run = await runClaude({
        home,
        prompt: referencePrompt,
        pluginDirs: [writeReferenceAgents(home.root)],
        permissionMode: 'acceptEdits',
      });

      expect(run.exitCode, run.stderr).toBe(0);
      const calls = agentCalls(run.events);
      expect(calls.map(({ agent, prompt, result }) => ({ agent, prompt, report: result?.report }))).toEqual(
        referenceCalls.map(({ agent, prompt, report }) => ({ agent, prompt, report })),
      );
      expect(calls.filter((call) => call.result?.isError)).toEqual([]);
      for (const { report } of referenceCalls) expect(finalResult(run.events)?.text).toContain(report);

      const requests = providers.anthropic.journal();
      expect(
        requests.filter((request) => !isConductor(request) && subagentOf(request) === undefined),
      ).toEqual([]);
      expect(new Set(requests.map(subagentOf)).size).toBe(referenceCalls.length + 1);
      for (const { prompt, steps } of referenceCalls) {
        expect(
          requests.filter((request) => request.lastUserText === prompt && subagentOf(request)),
        ).toHaveLength(steps.length + 1);
      }
      expect(overlapping(requests.filter((request) => subagentOf(request) !== undefined))).toBe(true);
      expect(gitStatus(home.projectDir)).toBe('?? docs/');
      expect([...providers.openai.journal(), ...providers.google.journal()]).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'waits for background subagents, and the conductor answers from their reports',
    async () => {
      const { providers, home } = await useSimulation();
      const { anthropic } = providers;
      anthropic.on({ answer: (request) => ({ text: `<done> & "${request.lastUserText}"`, delayMs: 200 }) });
      scriptConductor(anthropic, {
        rounds: [
          {
            calls: [
              { agent: 'Explore', prompt: 'count the\nfiles', background: true },
              { agent: 'general-purpose', prompt: '세어 보기', background: true },
            ],
          },
          { calls: [{ agent: 'Explore', prompt: 'then this' }] },
        ],
        finalAnswer: (delegations) => delegations.map(({ report }) => report).join(' | '),
      });

      const run = await runClaude({ home, prompt: 'count' });

      expect(run.exitCode, run.stderr).toBe(0);
      expect(finalResult(run.events)?.text).toBe(
        '<done> & "count the\nfiles" | <done> & "세어 보기" | <done> & "then this"',
      );
    },
    LIMIT_MS,
  );
});

describe('an interactive Claude Code session under tmux', () => {
  it(
    'starts without its first-run questions and shows what the subagents reported',
    async () => {
      const { providers, home } = await useSimulation({ name: '내 집 home' });
      providers.anthropic.on({ answer: { text: 'seven files' } });
      scriptConductor(providers.anthropic, {
        prompt: 'How many',
        rounds: [{ calls: [{ agent: 'Explore', prompt: 'Count the files' }] }],
        finalAnswer: ([delegation]) => `The explorer says: ${delegation?.report}.`,
      });
      const session = await startTmuxClaude({ home });
      onTestFinished(() => session.kill());

      await session.waitFor('accept edits on');
      await session.submit('How many files are there?');
      await session.waitFor('The explorer says: seven files.');

      await session.kill();
      expect(() => process.kill(session.pid, 0)).toThrow('ESRCH');
    },
    LIMIT_MS,
  );
});

describe('the real OpenCode in the isolated home', () => {
  it(
    'reaches the simulated OpenAI and the simulated Google, works with tools and writes',
    async () => {
      const { providers, home } = await useSimulation({ name: '내 집 home' });
      scriptReferenceWorkload(providers, home.projectDir);
      const tracing = callOf('oh-my-claudecode:explore-high');
      const writing = callOf('oh-my-claudecode:writer');

      const traced = await runOpenCodeCold({ home, model: 'openai/gpt-5.2', prompt: tracing.prompt });
      const written = await runOpenCodeCold({ home, model: 'google/gemini-3-flash', prompt: writing.prompt });

      expect(traced).toMatchObject({ exitCode: 0, answer: tracing.report });
      expect(written).toMatchObject({ exitCode: 0, answer: writing.report });
      expect(requestsWithTools(providers.openai.journal(), 'gpt-5.2')).toHaveLength(tracing.steps.length + 1);
      expect(requestsWithTools(providers.google.journal(), 'gemini-3-flash')).toHaveLength(
        writing.steps.length + 1,
      );
      expect(gitStatus(home.projectDir)).toBe('?? docs/');
      expect(providers.anthropic.journal()).toEqual([]);
    },
    LIMIT_MS,
  );
});

function callOf(agent: string) {
  const call = referenceCalls.find((one) => one.agent === agent);
  if (call === undefined) throw new Error(`no reference call of ${agent}`);
  return call;
}

function requestsWithTools(
  requests: readonly JournaledRequest[],
  model: string,
): readonly JournaledRequest[] {
  return requests.filter((request) => request.model === model && request.toolNames.length > 0);
}

/** The calls of one message: the second subagent asks before the first has its last answer. */
function overlapping(requests: readonly JournaledRequest[]): boolean {
  const [first, second] = [...new Set(requests.map(subagentOf))];
  const firstEnd = requests.findLast((request) => subagentOf(request) === first)?.endedAt ?? 0;
  const secondStart = requests.find((request) => subagentOf(request) === second)?.at;
  return secondStart !== undefined && secondStart < firstEnd;
}

function gitStatus(directory: string): string {
  return execFileSync('git', ['status', '--short'], { cwd: directory, encoding: 'utf8' }).trim();
}

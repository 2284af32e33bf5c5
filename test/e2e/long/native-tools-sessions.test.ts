// With the real Claude Code: subagents that another model leads, several at once, in the background, summarised on
// the way, and taken up again.

import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/simulation/answer.ts';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { isConductor, scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { stepOf, stepsDone } from '../../../src/simulation/scripted-steps.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';

const CONFIG = {
  engine: 'native-tools',
  mode: 'fusion',
  agents: { 'general-purpose': { stays: false, model: 'google/gemini-3-flash' } },
};
const ALLOWED = ['Task', 'Agent', 'Bash', 'Read', 'SendMessage'];
const WORDS = ['one', 'two', 'three', 'four'];
const promptOf = (word: string) => `say the word ${word}`;
const run = (command: string): Answer => ({ toolUses: [{ name: 'Bash', input: { command } }] });

const ofSubagents = ({ providers: { anthropic } }: Omcm) =>
  anthropic.journal().filter((request) => subagentOf(request) !== undefined);

function isAbout({ userTexts }: JournaledRequest, word: string): boolean {
  return userTexts.some((text) => text.includes(promptOf(word)));
}

describe('subagents that another model leads', () => {
  it('work four at once, in the background, beyond what fits, and again when they are written to', async () => {
    const omcm = await useOmcm({ config: CONFIG });
    const { anthropic, google } = omcm.providers;
    const play = (env: Readonly<Record<string, string>> = {}) =>
      omcm.claude({ prompt: 'go', permissionMode: 'acceptEdits', allowedTools: ALLOWED, env });
    for (const word of WORDS) {
      const steps = [run(`echo ${word}-begun`), run(`echo ${word}-ended`), { text: `It is ${word}.` }];
      google.on({ when: (request) => isAbout(request, word), answer: (request) => stepOf(request, steps) });
    }
    await omcm.warm();

    const calls = WORDS.map((word) => ({ agent: 'general-purpose', prompt: promptOf(word) }));
    let removed = scriptConductor(anthropic, { rounds: [{ calls }] });
    const four = agentCalls((await play()).events);
    removed();
    expect(four.map(({ result }) => result?.report)).toEqual(WORDS.map((word) => `It is ${word}.`));
    for (const word of WORDS) {
      const asked = google.journal().filter((request) => isAbout(request, word));
      expect(asked.map(stepsDone)).toEqual([0, 1, 2]);
      expect(JSON.stringify(asked.at(-1)?.body)).toContain(`${word}-ended`);
    }

    const before = google.journal().length;
    removed = scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'general-purpose', prompt: promptOf('one'), background: true }] }],
    });
    const behind = await play();
    removed();
    expect(google.journal().slice(before).map(stepsDone)).toEqual([0, 1, 2]);
    expect(JSON.stringify(behind.events)).toContain('It is one.');

    // What was said so far does not fit any more: the summary is asked of the same model.
    const long = `node -e "console.log('many words '.repeat(2500))"`;
    const steps = [...Array.from({ length: 14 }, () => run(long)), { text: 'It was a lot.' }];
    const summary = { text: '<summary>Many words were said.</summary>' };
    google.on({
      when: (request) => isAbout(request, 'four') || wantsSummary(request) || isSummarised(request),
      answer: (request) => {
        if (wantsSummary(request)) return summary;
        return isSummarised(request) ? { text: 'It was a lot.' } : stepOf(request, steps);
      },
    });
    removed = scriptConductor(anthropic, { rounds: [{ calls: calls.slice(3) }] });
    const compacted = await play({ CLAUDE_CODE_AUTO_COMPACT_WINDOW: '100000' });
    removed();
    expect(agentCalls(compacted.events)[0]?.result?.report).toBe('It was a lot.');
    expect(google.journal().filter(wantsSummary).length).toBeGreaterThan(0);

    const seen = google.journal().length;
    anthropic.on({ when: isConductor, answer: writeAgain });
    google.on({
      when: (request) => request.lastUserText.includes('say it again'),
      answer: { text: 'Two, I said.' },
    });
    await play();
    const resumed = google.journal().slice(seen);
    expect(resumed.length).toBeGreaterThan(3);
    expect(JSON.stringify(resumed.at(-1)?.body), 'the whole conversation').toContain('two-ended');
    expect(resumed.at(-1)?.lastUserText).toContain('say it again');

    expect(ofSubagents(omcm)).toEqual([]);
  });
});

function wantsSummary({ lastUserText }: JournaledRequest): boolean {
  return lastUserText.includes('detailed summary of the conversation');
}

function isSummarised({ userTexts }: JournaledRequest): boolean {
  return userTexts.some((text) => text.includes('Many words were said.'));
}

/** A conductor that has one agent work, and then writes to it by the name under which it goes. */
function writeAgain(request: JournaledRequest): Answer {
  const text = JSON.stringify(request.body);
  const to = /agentId: ([a-z0-9]+)/.exec(text)?.[1];
  if (text.includes('say it again')) return { text: 'Done.' };
  if (to !== undefined)
    return { toolUses: [{ name: 'SendMessage', input: { to, message: 'say it again', summary: 'again' } }] };
  const input = { description: 'two', prompt: promptOf('two'), subagent_type: 'general-purpose' };
  return { toolUses: [{ name: 'Agent', input: { ...input, run_in_background: false } }] };
}

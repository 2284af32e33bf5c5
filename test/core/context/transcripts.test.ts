import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTranscriptEnd } from '../../../src/adapters/claude-code/transcript-file.ts';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { assembleContext } from '../../../src/core/context/assemble-context.ts';
import { parseTranscriptRecord } from '../../../src/core/context/parse-transcript-record.ts';
import {
  advanceDigest,
  EMPTY_DIGEST,
  type TranscriptDigest,
  todosOf,
} from '../../../src/core/context/transcript-digest.ts';
import { NO_READINGS } from '../../../src/core/quota/reading.ts';
import { makeTempFolder } from '../../adapters/files/temp-folder.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'transcripts');

function linesOf(name: string): readonly string[] {
  return readFileSync(join(FIXTURES, name), 'utf8').trim().split('\n');
}

function digest(lines: readonly string[]): TranscriptDigest {
  return lines.flatMap((line) => parseTranscriptRecord(JSON.parse(line))).reduce(advanceDigest, EMPTY_DIGEST);
}

function contextOf(lines: readonly string[]) {
  const sources = {
    digest: digest(lines),
    todos: null,
    directory: '/project/till',
    git: { branch: null, changed: ['README.md', 'src/euro.js'] },
    projectDecisions: [],
    notes: ['ask before a release'],
    delegated: [],
    delegatedDecisions: [],
    quota: NO_READINGS,
    saved: null,
    builtAt: 1_769_515_200_123,
    buildMs: 3.4,
  };
  return assembleContext(sources, DEFAULT_CONFIG.context);
}

describe('a transcript of the real Claude Code', () => {
  it('tells task, todos by state, decisions and files', () => {
    const { task, todos, files, decisions, meta } = contextOf(linesOf('work.jsonl'));
    expect(task).toMatchObject({
      goals: ['receipts that a shop can print'],
      constraints: ['가격은 절대 소수로 저장하지 마.'],
      summary: '',
    });
    expect(task.description).toMatch(/^Make the till speak euros/);
    expect(todos).toEqual({
      inProgress: ['영수증에 합계 줄 추가'],
      pending: ['Test the receipt'],
      completed: ['Format euros with a sign'],
    });
    expect(files).toEqual({ changed: ['src/euro.js', 'src/money.js', 'README.md'], referenced: [] });
    expect(decisions).toEqual([
      { text: 'ask before a release', source: 'note', by: null },
      {
        text: 'We decided to use a real minus sign instead of a hyphen.',
        source: 'session',
        by: null,
      },
      { text: 'amounts stay integers in cents.', source: 'session', by: null },
    ]);
    expect(meta).toMatchObject({
      branch: 'main',
      project: '/project/till',
      builtAt: 1_769_515_200_000,
      buildMs: 3,
    });
  });

  it('takes no call for work that was refused', () => {
    const { edited, read, calls } = digest(linesOf('work.jsonl'));
    expect(edited).toEqual(['/project/till/src/money.js', '/project/till/src/euro.js']);
    expect(read).toEqual(['/project/till/src/money.js']);
    expect([...calls.values()], 'nothing is left open').toEqual([]);
  });

  it('keeps the task over a compaction, with the summary, and takes "go on" for no task', () => {
    const { task, todos } = contextOf(linesOf('compacted.jsonl'));
    expect(task.description).toMatch(/^Make the till speak euros/);
    expect(task.summary).toBe('1. Primary Request and Intent:\n   Euro amounts in the till.');
    expect(todos.inProgress).toEqual(['영수증에 합계 줄 추가']);
    expect(digest(linesOf('compacted.jsonl')).prompts).toHaveLength(2);
  });

  it('tells what the user chose when he was asked', () => {
    const { task, decisions } = contextOf(linesOf('asked.jsonl'));
    expect(task.description).toBe('Give the receipts a store.');
    expect(decisions).toEqual([
      { text: 'ask before a release', source: 'note', by: null },
      { text: 'Which store shall the receipts have? → SQLite', source: 'session', by: null },
    ]);
  });

  it('reads as far as it goes when its beginning or its end is cut off', () => {
    for (const name of ['work.jsonl', 'compacted.jsonl', 'asked.jsonl']) {
      const lines = linesOf(name);
      for (let cut = 0; cut < lines.length; cut += 1) {
        expect(() => contextOf(lines.slice(cut))).not.toThrow();
        expect(() => contextOf(lines.slice(0, cut))).not.toThrow();
      }
    }
  });

  it('says the same where its last line is only half written, or lines between are damaged', async () => {
    const folder = await makeTempFolder();
    const whole = readFileSync(join(FIXTURES, 'work.jsonl'), 'utf8');
    const damaged = {
      'half.jsonl': `${whole}${whole.slice(0, 700)}`,
      'garbage.jsonl': whole.replaceAll('\n', '\n{"type":"user","message":\n\u0000\u0000\nnonsense\n\n'),
      'windows.jsonl': whole.replaceAll('\n', '\r\n'),
    };
    for (const [name, text] of Object.entries(damaged)) {
      writeFileSync(join(folder, name), text);
      const { records } = await readTranscriptEnd(join(folder, name));
      const read = records.flatMap(parseTranscriptRecord).reduce(advanceDigest, EMPTY_DIGEST);
      expect(read, name).toEqual(digest(linesOf('work.jsonl')));
    }
  });

  it('passes over what it does not know', () => {
    const strange = [
      null,
      7,
      'text',
      [],
      { type: 'user' },
      { type: 'user', message: { content: 5 } },
      {
        type: 'assistant',
        message: { content: [null, { type: 'tool_use' }, { type: 'tool_use', id: 'x' }] },
      },
      { type: 'assistant', message: { content: [{ type: 'tool_use', id: 'x', name: 'Edit', input: null }] } },
      { type: 'hologram', message: { content: 'x' } },
    ];
    const events = strange.flatMap(parseTranscriptRecord).filter(({ kind }) => kind !== 'place');
    expect(events).toEqual([]);
  });
});

const user = (content: unknown, more: object = {}) => ({ type: 'user', message: { content }, ...more });
const assistant = (...content: readonly object[]) => ({ type: 'assistant', message: { content } });

function read(...records: readonly unknown[]): TranscriptDigest {
  return records.flatMap(parseTranscriptRecord).reduce(advanceDigest, EMPTY_DIGEST);
}

describe('what the user typed', () => {
  it.each([
    ['a plain prompt', user('add a test'), ['add a test']],
    ['blocks', user([{ type: 'text', text: 'add a test' }]), ['add a test']],
    [
      'a command with words after it',
      user('<command-name>/plan</command-name><command-args>the till</command-args>'),
      ['the till'],
    ],
    ['a prompt that begins with HTML', user('<div> is misaligned'), ['<div> is misaligned']],
    ['a notification', user('<task-notification>done</task-notification>'), []],
    ['an output of a command', user('<local-command-stdout>x</local-command-stdout>'), []],
    ['a reminder', user('<system-reminder>x</system-reminder>', { isMeta: true }), []],
    ["a subagent's prompt", user('find it', { isSidechain: true }), []],
    ['an interruption', user('[Request interrupted by user]'), []],
  ])('%s', (_, record, prompts) => {
    expect(read(record).prompts).toEqual(prompts);
  });
});

describe('todos', () => {
  it('are what the last list says, where the whole list is written', () => {
    const list = (...todos: readonly object[]) => ({
      type: 'tool_use',
      id: 't',
      name: 'TodoWrite',
      input: { todos },
    });
    const done = user([{ type: 'tool_result', tool_use_id: 't', content: 'ok' }]);
    const digest = read(
      assistant(list({ content: 'a', status: 'pending' }, { content: 'b', status: 'in_progress' })),
      done,
      assistant(list({ content: 'a', status: 'completed' }, { content: 'c', status: 'strange' })),
      done,
    );
    expect(todosOf(digest)).toEqual({ inProgress: [], pending: ['c'], completed: ['a'] });
  });

  it('may be renamed and removed by their number', () => {
    const call = (id: string, name: string, input: object) =>
      assistant({ type: 'tool_use', id, name, input });
    const result = (id: string, content: string) => user([{ type: 'tool_result', tool_use_id: id, content }]);
    const digest = read(
      call('1', 'TaskCreate', { subject: 'a' }),
      result('1', 'Task #1 created successfully: a'),
      call('2', 'TaskCreate', { subject: 'b' }),
      result('2', 'Task #2 created successfully: b'),
      call('3', 'TaskUpdate', { taskId: '1', subject: 'A' }),
      result('3', 'Updated task #1'),
      call('4', 'TaskUpdate', { taskId: 2, status: 'deleted' }),
      result('4', 'Updated task #2'),
      call('5', 'TaskUpdate', { taskId: '9', status: 'completed' }),
      result('5', 'Updated task #9'),
    );
    expect(todosOf(digest)).toEqual({ inProgress: [], pending: ['A'], completed: [] });
  });
});

describe('decisions', () => {
  it('are also what the user chose when he was asked', () => {
    const digest = read(
      user([{ type: 'tool_result', tool_use_id: 'q', content: 'x' }], {
        toolUseResult: { answers: { 'Which store?': 'SQLite' } },
      }),
    );
    expect(digest.decisions).toEqual(['Which store? → SQLite']);
  });
});

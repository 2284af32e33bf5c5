import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseOpencodeSession } from '../../../src/core/context/parse-opencode-session.ts';

const FIXTURE = join(import.meta.dirname, '..', '..', 'fixtures', 'opencode-sessions', 'export.json');

it('reads what came of a session of the real OpenCode', () => {
  const session = parseOpencodeSession(JSON.parse(readFileSync(FIXTURE, 'utf8')), '/project/till');
  expect(session).toEqual({
    prompts: ['# 작업 핸드오프 컨텍스트\n\n"quotes" $(x) `y`\n- [ ] todo'],
    summary: 'Decision: done with one.\nThe total line is there.',
    todos: { inProgress: ['two'], pending: [], completed: ['one'] },
    changed: ['src/new.js'],
    decisions: ['done with one.'],
  });
});

it.each([[null], [{}], [{ messages: 5 }], [{ messages: [null, { parts: [null, { type: 'tool' }] }] }]])(
  'makes nothing of %j',
  (raw) => {
    expect(parseOpencodeSession(raw, '/p')).toMatchObject({ summary: '', changed: [], decisions: [] });
  },
);

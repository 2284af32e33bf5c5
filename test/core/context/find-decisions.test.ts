import { describe, expect, it } from 'vitest';
import { findDecisions } from '../../../src/core/context/find-decisions.ts';
import { listProjectDecisions } from '../../../src/core/context/list-project-decisions.ts';

describe('a decision', () => {
  it.each([
    ['Decision: keep it simple', ['keep it simple']],
    ['- **Decision:** keep it simple', ['keep it simple']],
    ['결정: 세션은 서버에 둔다', ['세션은 서버에 둔다']],
    ['결정사항: SQLite', ['SQLite']],
    ['Learned: the cache is per process', ['the cache is per process']],
    ["I read it. We've decided to drop Node 18. More follows.", ["We've decided to drop Node 18."]],
    ["We'll use zod instead of ajv.", ["We'll use zod instead of ajv."]],
    ['비밀번호는 argon2를 쓰기로 했습니다.', ['비밀번호는 argon2를 쓰기로 했습니다.']],
    ['The decision table has three columns.', []],
    ['I will use the tool now.', []],
    ['```\nDecision: not this one\n```', []],
  ])('%s', (text, found) => {
    expect(findDecisions(text)).toEqual(found);
  });
});

describe("a project's own file", () => {
  it('tells the items under headings that speak of decisions', () => {
    const text = [
      '# Till',
      '- no decision',
      '## Decisions',
      '- cents as integers',
      '1. no `any`',
      'prose',
      '## 코딩 규칙',
      '* 탭 대신 공백',
      '## Layout',
      '- src',
    ].join('\n');
    expect(listProjectDecisions(text)).toEqual(['cents as integers', 'no `any`', '탭 대신 공백']);
  });
});

import { expect, it } from 'vitest';
import { sumUpReport } from '../../../src/core/context/sum-up-report.ts';

it.each([
  [
    '## Findings\n\n- **auth** is in src/auth.ts\nDecision: keep it',
    '**auth** is in src/auth.ts',
    ['keep it'],
  ],
  ['---\n\n확인했습니다.\n결정: 캐시는 두지 않는다', '확인했습니다.', ['캐시는 두지 않는다']],
  ['', '', []],
])('%j', (report, said, decisions) => {
  expect(sumUpReport(report)).toEqual({ said, decisions });
});

it('is short, however long the report is', () => {
  expect(sumUpReport('word '.repeat(1_000)).said.length).toBeLessThanOrEqual(200);
});

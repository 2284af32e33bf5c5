import type { Messages } from '../en/en.ts';

export const replay: Messages['replay'] = {
  summary: '다른 설정이었다면 로그의 호출들이 어떻게 되었을지 알려 줌',
  optionConfig: '다른 설정 파일. 기본값 위에 적용하고, 모드가 없으면 그때의 모드를 씀',
  optionSince: '이때부터의 호출만: 2026-01-28, 36h, 7d',
  exampleAll: '로그에 남아 있는 모든 호출',
  exampleSince: '지난 한 주의 호출, 스크립트용',
  noFile: (file) => `${file} 파일이 없습니다.`,
  nothing: (count) => `호출 ${count}개 가운데 달라졌을 것이 없습니다.`,
  changed: (changed, count) => `호출 ${count}개 가운데 ${changed}개를 다른 쪽이 답했을 것입니다:`,
  toOthers: (count, tokens) => `${count}개는 Claude를 떠났을 것: ${tokens} 토큰`,
  toClaude: (count, tokens) => `${count}개는 Claude로 갔을 것: ${tokens} 토큰`,
  toNobody: (count, tokens) => `${count}개는 막혔을 것: ${tokens} 토큰`,
  between: (count, tokens) => `${count}개는 다른 모델로 갔을 것: ${tokens} 토큰`,
  unmeasured: () => '측정되지 않은',
  columns: ['에이전트', '답한 쪽', '바뀔 쪽', '이유', '호출'],
  skipped: (count) => `${count}개 제외: 무엇으로 결정했는지 로그에 없거나 작업 자체가 결정했습니다.`,
};

import type { Messages } from '../en/en.ts';

export const stats: Messages['stats'] = {
  summary: '결정과 작업의 통계: 시간, 하루, 한 달',
  optionRecent: '최근 이벤트도 이 수만큼 표시',
  examplePlain: '합계',
  exampleRecent: '방금 일어난 일까지',
  exampleJson: '모든 구간, 스크립트용',
  noDaemon: () => '데몬이 실행 중이 아닙니다. 파일에 기록된 내용이며 최근 이벤트는 없습니다.',
  nothing: () => '아직 집계된 것이 없습니다. 서브에이전트를 부를 때 집계됩니다.',
  periods: ['60분', '24시간', '31일'],
  calls: () => '호출',
  finished: () => '라우팅, 완료',
  failed: () => '라우팅, 실패',
  meanTime: () => '평균 시간',
  cacheHits: () => '캐시에서 결정',
  tokens: (provider) => `토큰, ${provider}`,
};

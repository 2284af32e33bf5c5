import type { Messages } from '../en/en.ts';

export const status: Messages['status'] = {
  summary: '현재 상태: 데몬과 그 작업, 서버',
  optionTeam: '팀의 워커와 대기 중인 작업(execution.backend: bullmq)',
  exampleJson: '스크립트용',
  noTeam: () => '배치 작업을 이 컴퓨터에서만 처리합니다. 팀이 없습니다.',
  noTeamHint: () =>
    '`execution.backend`를 bullmq로, OMCM_REDIS_URL을 설정한 뒤 `omcm daemon restart`를 실행하세요. docs/scaling.md 참고.',
  queued: (namespace, waiting, running) => `팀 ${namespace}: 대기 ${waiting}개, 진행 ${running}개.`,
  redisLost: () => 'Redis가 지금 응답하지 않습니다. 이전에 알던 내용입니다.',
  noWorkers: () => '워커가 없습니다. `omcm worker`로 시작하세요.',
  columns: ['워커', '버전', '제공자', '태그', '진행', '완료', '상태'],
  working: () => '동작 중',
  draining: () => '마무리 중',
};

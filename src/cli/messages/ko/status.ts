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
  columns: ['워커', '버전', '제공자', '태그', '진행', '완료', '시작 후', '상태'],
  working: () => '동작 중',
  draining: () => '마무리 중',
  stranger: (protocol) => `프로토콜 ${protocol}`,
  strangeWorker: (id, version, older) =>
    `${id}(OMCM ${version})은(는) 다른 큐 프로토콜을 써서 작업을 받지 못합니다. ${update(older)}.`,
  strangeScheduler: (host, version, older) =>
    `${host}의 스케줄러(OMCM ${version})는 다른 큐 프로토콜을 씁니다. 두 스케줄러를 함께 맡는 워커는 없습니다. ${update(older)}.`,
};

function update(host: string | null): string {
  return host === null ? '여기서 `omcm update`를 실행하세요' : `${host}에서 \`omcm update\`를 실행하세요`;
}

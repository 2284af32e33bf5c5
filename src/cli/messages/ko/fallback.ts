import type { Messages } from '../en/en.ts';

const WINDOWS = { fiveHour: '5시간', weekly: '1주' } as const;

const SOURCES: ReadonlyMap<string | null, string> = new Map([
  ['mod', '세션'],
  ['status-line', '상태 줄'],
  ['limit-message', '한도 거절'],
  ['usage-endpoint', 'Claude 사용량 페이지'],
]);

export const fallback: Messages['fallback'] = {
  summary: 'Claude 한도가 소진됐는지: 보기, 직접 전환, 자동으로 되돌리기',
  statusSummary: '켜져 있는지, 이유, Claude 사용량 표시',
  onSummary: '다시 바꿀 때까지 다른 모델이 모든 서브에이전트를 맡음',
  offSummary: '다시 바꿀 때까지 사용량과 상관없이 켜지지 않음',
  autoSummary: 'Claude 한도가 소진되면 켜지고 돌아오면 꺼짐',
  exampleStatus: '스크립트용',
  exampleOn: '지금부터 Claude를 아낌',
  exampleAuto: '다시 사용량이 결정',
  active: (reason) => `켜짐: ${reason}`,
  inactive: () => '꺼짐',
  by: { on: '직접 켬', off: '직접 꺼 둠', auto: '자동' },
  underneath: (would) => `자동이라면 ${would === 'on' ? '켜짐' : '꺼짐'}`,
  since: (time) => `${time}부터`,
  until: (time) => `소진된 한도는 ${time}에 초기화됩니다`,
  unread: () => 'Claude 사용량을 읽은 곳이 없어 자동으로 켜지지 않습니다',
  columns: ['한도', '사용', '초기화', '읽은 때', '출처'],
  window: (window) => WINDOWS[window],
  source: (source) => SOURCES.get(source) ?? '다른 도구',
  outdated: (percent) => `(${percent} 지난 값)`,
  ago: (duration) => `${duration} 전`,
  pace: (window, percent, spentAt) =>
    `이 속도라면 ${window} 한도는 초기화 때 ${percent}%${spentAt === null ? '' : `; ${spentAt}에 소진`}`,
  paceLevel: (level) =>
    level === 0 ? '속도에 따른 라우팅: 옮긴 것 없음' : `속도에 따른 라우팅: 3단계 중 ${level}단계`,
  rule: (threshold) => `어느 한도든 ${threshold}%부터 켜짐`,
  chain: (models) => `에이전트의 모델을 쓸 수 없을 때: ${models}`,
  noDaemon: () => '데몬이 실행 중이 아닙니다. 상태 파일의 내용입니다.',
};

import type { Messages } from '../en/en.ts';

export const simulate: Messages['simulate'] = {
  scenario: {
    '429': '프로바이더가 거부: 요청이 너무 많음',
    hang: '프로바이더가 질문을 받고 대답하지 않음',
    orphan: 'OpenCode 서버가 실행 중인데 데몬이 강제 종료됨',
    limit92: 'Claude의 5시간 한도가 92%',
    'daemon-down': '데몬이 시작되지 않음',
  },
  playing: (what) => `시뮬레이션: ${what} …`,
  refused: () => '첫 프로바이더에 물었고, 거부당함',
  nextAnswered: () => '다음 모델이 서브에이전트에 대답했고, Claude에는 묻지 않음',
  restsAfterwards: () => '다음 세션은 거부한 프로바이더에 묻지 않음',
  leftAlone: (ms) => `${ms / 1_000}초 동안 대답이 없어 포기함`,
  serversGone: () => '강제 종료된 데몬의 서버가 모두 끝남',
  daemonAgain: () => '다른 데몬이 이어받음',
  answeredAgain: () => '다음 서브에이전트도 전처럼 대답을 받음',
  nativeBefore: (percent) => `${percent}%에서는 Claude가 직접 대답함`,
  fallbackOn: (reason) => `폴백이 켜짐 (${reason})`,
  routedAt: (percent) => `${percent}%에서는 다른 모델이 대답했고, Claude에는 묻지 않음`,
  claudeAnswered: () => 'Claude가 오류 없이 직접 대답함',
  nobodyElse: () => '다른 곳에는 묻지 않음',
  leftBehind: (pid) => `프로세스 ${pid}를 끝내지 못함`,
  total: (good, failed) =>
    failed === 0 ? `${good}개 모두 정상입니다. 계정은 쓰지 않았습니다.` : `${failed}개 실패, ${good}개 정상.`,
};

import type { ServerStatus } from '../../../protocol/status.ts';
import type { Messages } from '../en/en.ts';

const SERVER_STATES: Readonly<Record<ServerStatus['state'], string>> = {
  starting: '시작 중',
  ready: '준비됨',
  stopping: '종료 중',
  failed: '실패',
};

export const daemon: Messages['daemon'] = {
  summary: 'OpenCode 서버를 관리하는 백그라운드 프로세스',
  startSummary: '실행 중이 아니면 시작',
  stopSummary: '진행 중인 작업이 끝나면 종료',
  restartSummary: '종료하고 다시 시작',
  statusSummary: '상태 표시',
  logsSummary: '로그 표시',
  serveSummary: '포그라운드에서 실행 (Ctrl-C로 종료)',
  optionNow: '진행 중인 작업을 기다리지 않고 취소',
  optionWait: '끝날 때까지 기다릴 시간(초) (기본값: 300, --now와 함께면 20)',
  optionLines: '줄 수 (기본값: 50)',
  optionFollow: '새로 쓰이는 줄도 계속 표시',
  exampleStatus: '스크립트용: 실행 중인지, 무엇을 하는지',
  exampleStop: '진행 중인 작업을 기다리지 않고 종료',
  exampleLogs: '마지막 200줄과 그 뒤에 오는 줄',
  started: (version, pid) => `데몬 ${version}을(를) 시작했습니다 (프로세스 ${pid}).`,
  alreadyRunning: (version, pid) => `데몬 ${version}이(가) 이미 실행 중입니다 (프로세스 ${pid}).`,
  notRunning: () => '실행 중이 아님',
  nothingToStop: () => '데몬이 실행 중이 아니었습니다.',
  draining: (tasks) =>
    tasks === 0 ? '데몬을 종료하는 중 …' : `진행 중인 작업 ${tasks}개가 끝나면 데몬을 종료합니다 …`,
  stopped: (pid) => `데몬을 종료했습니다 (프로세스 ${pid}).`,
  stillRunning: (pid) => `데몬이 아직 끝나지 않았습니다 (프로세스 ${pid}).`,
  stillRunningHint: () => '작업이 아직 진행 중일 수 있습니다. `omcm daemon stop --now`는 작업을 취소합니다.',
  serving: (socket, logs) => `${socket}에서 실행 중. 로그: ${logs}. Ctrl-C로 끝냅니다.`,
  running: (version, pid, uptime) => `실행 중: 버전 ${version}, 프로세스 ${pid}, ${uptime} 동안`,
  drainingNow: () => '종료하는 중',
  otherVersion: (own) => `이 omcm의 버전은 ${own}입니다. \`omcm daemon restart\`로 맞출 수 있습니다`,
  tasks: ({ running, total, routed, failed }) =>
    `작업: 진행 ${running}, 결정 ${total}, 라우팅 ${routed}, 실패 ${failed}`,
  failedOpen: (count) => `OMCM 쪽 실패로 Claude가 답한 횟수: ${count}`,
  sessions: (count) => `Claude Code 세션: ${count}`,
  noServers: () => 'OpenCode 서버: 아직 없음 (첫 작업과 함께 시작)',
  servers: () => 'OpenCode 서버:',
  serverColumns: ['포트', '프로세스', '상태', '진행', '완료', '나이'],
  serverState: (state) => SERVER_STATES[state],
  lastError: (message) => `마지막 오류: ${message}`,
  settingsIgnored: () => '무시된 설정:',
  recentProblems: () => '최근 문제:',
  places: (socket, stateDir) => `소켓: ${socket}\n상태 폴더: ${stateDir}`,
  noLog: (file) => `아직 로그가 없습니다: ${file}`,
  crashOutput: (file) => `그 뒤에 데몬이 출력한 내용 (${file}):`,
};

import type { FileFailureReason } from '../../../adapters/files/file-failure.ts';
import type { FailureCode } from '../../../core/delegation/failure.ts';
import type { Messages } from '../en/en.ts';

const FILE_REASONS: Readonly<Record<FileFailureReason, string>> = {
  'read-only': '파일 시스템이 읽기 전용입니다',
  'no-permission': '권한이 없습니다',
  full: '디스크가 가득 찼습니다',
  locked: '다른 프로세스가 잠그고 있습니다',
  'newer-version': '더 새로운 OMCM이 쓴 파일입니다',
  damaged: '손상되었고 옮겨 둘 수도 없었습니다',
  io: '시스템이 거부했습니다',
};

const TASK_FAILURES: Readonly<Record<FailureCode, string>> = {
  'pool-full': '서버를 기다리는 작업이 이미 너무 많습니다.',
  'provider-rate-limited': '제공자가 요청을 거부했습니다: 요청 한도 초과.',
  'provider-quota-exhausted': '제공자가 요청을 거부했습니다: 할당량을 모두 썼습니다.',
  'provider-unavailable': '제공자가 제대로 답하지 않습니다 (서버 오류).',
  'provider-refused-key': 'OpenCode가 가진 인증 정보를 제공자가 거부했습니다.',
  'no-direct-access':
    'OpenCode 없이는 이 모델에 물을 수 없습니다: 키가 없거나, 이 제공자와 직접 통신할 수 없습니다.',
  'provider-silent': '제공자가 제때 응답하지 않았습니다.',
  'provider-garbage': '제공자가 이해할 수 없는 답을 보냈습니다.',
  'provider-error': '제공자가 요청을 거부했습니다.',
  'context-overflow': '작업이 모델의 컨텍스트보다 큽니다.',
  'model-not-found': 'OpenCode가 이 모델을 모릅니다.',
  'opencode-not-installed': 'OpenCode가 없습니다. `npm install -g opencode-ai`로 설치하세요.',
  'server-start-failed': 'OpenCode 서버가 시작되지 않았습니다.',
  'server-refused': 'OpenCode 서버가 세션을 열지 못했습니다.',
  'server-died': 'OpenCode 서버가 작업 도중에 죽었습니다.',
  'deadline-exceeded': '작업이 제한 시간을 넘겼습니다.',
  'over-budget': '작업이 예산보다 많은 토큰을 써서 끝냈습니다.',
  cancelled: '작업이 취소되었습니다.',
  stopped: '사용자가 중단했습니다.',
  'directory-missing': '작업 폴더가 없습니다.',
  'not-trusted':
    '프로젝트에 OpenCode가 실행할 파일이 있는데 아직 신뢰하지 않았습니다. `omcm trust`를 보세요.',
  draining: '데몬이 종료되는 중입니다.',
  internal: 'OMCM 내부에서 실패했습니다.',
};

export const failures: Messages['failures'] = {
  unknown: (message) => `OMCM 내부에서 실패했습니다: ${message}`,
  unknownHint: () => '--debug를 붙여 다시 실행하면 자세히 볼 수 있습니다. `omcm doctor`도 도움이 됩니다.',
  output: (message) => `출력을 쓸 수 없습니다: ${message}`,
  incompleteInstallation: () => '설치가 완전하지 않습니다: 데몬 프로그램이 없습니다.',
  incompleteInstallationHint: () =>
    '다시 설치하세요 (npm install -g oh-my-claude-money). 저장소라면 `npm run build`를 실행하세요.',
  daemonDidNotStart: () => '데몬이 시작되지 않았습니다.',
  daemonDidNotStartHint: () => '`omcm daemon logs`를 보세요.',
  daemonNewer: () => '실행 중인 데몬이 이 `omcm`보다 새 버전입니다.',
  daemonNewerHint: () => '`omcm update`를 보거나 `omcm daemon stop`으로 그 데몬을 끝내세요.',
  daemonDraining: () => '실행 중인 데몬이 작업을 마치고 나서 종료합니다.',
  daemonDrainingHint: () => '기다리거나 `omcm daemon stop --now`로 작업을 취소하세요.',
  foreignPlace: (folder) =>
    `데몬 소켓이 있는 ${folder} 폴더가 다른 사용자의 것이거나 다른 사용자도 쓸 수 있습니다.`,
  foreignPlaceHint: (folder) =>
    `누군가 데몬인 척 답할 수 있으므로 그곳에서는 아무것도 시작하지 않습니다. 자신의 폴더라면 chmod 700 ${folder}을 실행하세요. 아니라면 폴더를 지우게 하거나 OMCM_HOME을 더 짧은 경로로 정하세요.`,
  daemonSilent: () => '데몬이 답하지 않습니다.',
  daemonSilentHint: () => '`omcm daemon restart`를 해 보세요.',
  daemonRefused: (message) => `데몬이 요청을 거부했습니다: ${message}`,
  daemonStrange: () => '데몬의 답을 이 `omcm`이 이해하지 못합니다.',
  file: ({ file, reason }) => `${file} 파일을 쓸 수 없습니다: ${FILE_REASONS[reason]}.`,
  task: (code) => TASK_FAILURES[code],
};

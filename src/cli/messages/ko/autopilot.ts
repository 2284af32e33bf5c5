import type { EndReason, TaskVerdict } from '../../../core/autopilot/autopilot.ts';
import type { Messages } from '../en/en.ts';

const reasons: Readonly<Record<EndReason, string>> = {
  'goal-met': '목표 달성: 모든 작업이 끝났고 모든 검사를 통과했습니다.',
  'tasks-done': '모든 작업이 끝났습니다. 프로젝트에 검사가 없어 목표 달성은 아무도 확인하지 않았습니다.',
  'no-progress': '진전 없음: 두 라운드가 연달아 같은 곳에서 실패했습니다.',
  'budget-spent': '예산을 다 썼습니다.',
  'rate-limited': '다른 모델들이 한도 때문에 거절합니다.',
  'rounds-spent': '마지막 라운드였습니다.',
  'time-spent': '시간이 다 되었습니다.',
  'not-continued': '지휘자가 계속하지 않았습니다.',
  stopped: '중단되었습니다.',
};

const outcomes: Readonly<Record<TaskVerdict['outcome'], string>> = {
  done: '완료',
  own: '지휘자가 완료',
  failed: '실패',
  cancelled: '취소됨',
  skipped: '건너뜀',
};

export const autopilot: Messages['autopilot'] = {
  summary: '목표를 향해 라운드마다 검증하며, 달성하거나 한도에 이를 때까지 진행',
  startSummary: '세션의 목표와 검사, 한도를 정함',
  roundSummary: '라운드의 작업을 나눠 주고, 기다리고, 검증',
  verifySummary: '검사를 실행하고 라운드를 판정',
  showSummary: '어디까지 왔는지',
  guideSummary: '지휘자가 알아야 할 것',
  cancelSummary: '진행 중인 라운드와 함께 끝냄',
  argumentGoal: '이루려는 것',
  argumentTasks: '`omcm batch`와 같은 작업의 YAML 또는 JSON. -는 표준 입력. 없으면 열린 라운드를 기다림',
  optionSession: 'Claude Code 세션. 기본값: 이 명령을 실행하는 세션',
  optionCheck: '목표가 이루어지면 통과하는 명령. 여러 번 쓸 수 있음. 기본값: 프로젝트 자체의 검사',
  optionNoChecks: '명령으로 검증하지 않음',
  optionRounds: '최대 라운드 수',
  optionBudget: '모든 라운드에서 다른 모델이 쓸 수 있는 토큰',
  optionMinutes: '최대 시간(분)',
  optionMore: '이번에 실패가 없어도 다음 라운드가 있음',
  optionWait: '작업을 기다릴 시간(초)',
  exampleStart: '직접 정한 검사와 예산으로',
  exampleRound: '표준 입력으로 받은 라운드의 작업',
  exampleShow: '스크립트용',
  noSession: () => '어느 세션인지 알 수 없습니다.',
  noSessionHint: () => 'Claude Code 안에서는 그 세션입니다. 밖에서는 --session ID로 지정하세요.',
  noRound: () => '열린 라운드가 없습니다.',
  noRoundHint: () =>
    '`omcm autopilot round FILE`(표준 입력은 -)로 나눠 주거나, `omcm autopilot verify`로 판정하세요.',
  started: (checks) =>
    checks.length === 0
      ? 'autopilot을 시작했습니다. 프로젝트에 검사가 없습니다. --check로 주지 않으면 목표를 확인할 수 없습니다.'
      : `autopilot을 시작했습니다. 검사: ${checks.map((check) => `\`${check}\``).join(', ')}.`,
  running: (ended, tasks) => `라운드가 아직 진행 중입니다: 작업 ${tasks}개 중 ${ended}개가 끝났습니다.`,
  next: {
    planning: (round, rounds) =>
      `다음: 실패한 것과 남은 것으로 라운드 ${round}(최대 ${rounds})을 계획해 \`omcm autopilot round -\`로 나눠 주세요.`,
    working: () => '다음: `omcm autopilot round`가 진행 중인 라운드를 기다립니다.',
    own: (tasks) =>
      `다음: ${tasks} 작업은 Claude에 남았으니 직접 하세요. 그다음 \`omcm autopilot verify\`를 실행하세요.`,
  },
  title: (round, tasks, tokens) => `라운드 ${round}: ${tasks}; 다른 모델 토큰 ${tokens}`,
  noTasks: () => '나눠 준 작업 없음',
  outcomes,
  failing: (what) => `  실패: ${what}`,
  check: (command, passed) => `검사 \`${command}\`: ${passed ? '통과' : '실패'}`,
  timedOut: (seconds) => `${seconds}초를 넘겨 끝냈습니다.`,
  goal: (goal) => `목표: ${goal}`,
  ended: (reason) => `autopilot이 끝났습니다: ${reasons[reason]}`,
  spent: (rounds, tokens, took) => `라운드 ${rounds}번, 다른 모델 토큰 ${tokens}, ${took}.`,
  report: () => '무엇을 했고 왜 끝났는지 여기 있는 대로 사용자에게 짧게 알려 주세요.',
};

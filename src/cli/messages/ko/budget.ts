import type { Messages } from '../en/en.ts';

const scopes: Messages['budget']['scopes'] = {
  task: '작업',
  run: '실행',
  day: '하루',
  session: '세션',
  teamDay: '팀, 하루',
  teamMonth: '팀, 한 달',
};
const spans = { day: '오늘', session: '이 세션', teamDay: '팀의 오늘', teamMonth: '팀의 이번 달' } as const;

export const budget: Messages['budget'] = {
  summary: '위임된 작업이 예산을 얼마나 썼고 얼마나 남았는지 표시',
  optionYes: '예산을 넘어도 계속',
  optionNoInput: '아무것도 묻지 않음. 예산을 넘으면 거부',
  exampleShow: '오늘, 실행 중인 작업, 최근 실행과 세션',
  exampleJson: '스크립트용',
  exampleSet: '하루 최대 200만 토큰',
  scopes,
  columns: ['예산', '대상', '한도', '사용', '남음', '비율'],
  forecastColumns: ['모델', '에이전트', '작업 수', '토큰', '비용'],
  expected: (count) => `작업 ${count}개의 예상:`,
  onClaude: (count) => `${count}개는 Claude에 남음`,
  tokens: (amount) => `${amount} 토큰`,
  unknown: () => '알 수 없음',
  unknownTasks: (count) => `${count}개는 알 수 없음`,
  given: () => '작업에 적힌 값',
  median: (samples) => `이전 작업 ${samples}개의 중앙값`,
  strain: (scope, limit, { used, expected }) =>
    scope === 'task' || scope === 'run'
      ? `${scopes[scope]} 하나의 한도는 ${limit} 토큰인데 ~${expected}이(가) 예상됨`
      : `${spans[scope]} 한도는 ${limit} 토큰이고, ${used}을(를) 썼으며 ~${expected}이(가) 더 예상됨`,
  near: (strain) => `예산에 가까워집니다: ${strain}.`,
  over: (strains) => `예산을 넘습니다: ${strains}.`,
  overHint: () =>
    '아무것도 시작하지 않았습니다. `--yes`를 붙이면 그래도 실행합니다. 한도는 `omcm config set budgets.day 2000000`처럼 바꾸고, 사용량은 `omcm budget`으로 봅니다.',
  confirm: () => '그래도 계속할까요? [y/N] ',
  declined: () => '아무것도 시작하지 않았습니다.',
  typicallyOver: (agent, tokens, samples) =>
    `${agent}은(는) ${tokens}을 쓰므로(이전 ${samples}개의 중앙값) 작업 예산을 넘어 위임하지 않습니다.`,
  whenExceeded: (where, warnAt) =>
    `예산을 넘으면 호출은 ${where === 'claude' ? 'Claude에 남습니다' : '아무도 답하지 않습니다'} (budgets.onExceeded). ${warnAt}%부터 알립니다.`,
};

import type { Messages } from '../en/en.ts';

export const savings: Messages['savings'] = {
  summary: '다른 모델이 Claude 대신 한 일: 토큰, 비용, Claude였다면 들었을 양',
  optionBy: '일, 에이전트, 프로젝트, 모델별로 한 줄씩',
  optionSince: '이 시점부터: 날짜 또는 경과 시간 (30m, 24h, 7d, 4w)',
  optionCsv: 'CSV로 출력',
  optionExplain: '작업마다 로그의 줄과 계산 과정을 표시',
  optionShadow: 'shadow 모드가 아니었다면 Claude를 떠났을 호출들이 Claude에서 쓴 것',
  exampleShadow: '다른 모드였다면 Claude에서 덜어 냈을 것',
  exampleWeek: '최근 7일, 하루 단위',
  exampleCsv: '스프레드시트용',
  exampleExplain: '모든 수치의 출처',
  groupings: { day: '날짜', agent: '에이전트', project: '프로젝트', model: '모델' },
  columns: ['작업', '다른 모델의 토큰', '비용', 'Claude였다면', '답변', '절약', '절약'],
  shadowColumns: ['에이전트', '갔을 곳', '호출', 'Claude에서 쓴 것'],
  someUnknown: (calls, unknown) => `${calls}, 그중 ${unknown}은 알 수 없음`,
  noShadow: () => '이 기간에 shadow 모드에서 Claude를 떠났을 호출이 없습니다.',
  shadowMethod: () =>
    '대화 기록에서 잰 값입니다. 다른 모델이 얼마나 썼을지, 그 답을 읽는 데 본 세션이 얼마나 썼을지는 알 수 없습니다.',
  total: () => '합계',
  since: (time) => `${time}부터`,
  someFailed: (tasks, failed) => `${tasks}, 실패 ${failed}`,
  unknown: () => '알 수 없음',
  partlyKnown: (known, unknown) => `${known}, ${unknown}건 알 수 없음`,
  nothing: () => '이 기간에 끝난 라우팅 작업이 없습니다.',
  claude: (lead, subagents) => `Claude 자체 (대화 기록에서): 주 세션 ${lead}, 서브에이전트 ${subagents}`,
  noClaude: () => 'Claude 자체의 사용량은 알 수 없습니다. 이 기간에 따라간 세션 기록이 없습니다.',
  method: () =>
    '~는 추정치: Claude에서도 같은 토큰이 든다고 보고, 새 입력과 답변만 센 값부터 캐시와 추론까지 모두 센 값까지. 주 세션이 읽은 답변은 뺍니다.',
  prices: (asOf, source) => `Claude 가격 기준일 ${asOf}, ${source}. 직접 지정: savings.prices`,
  explained: (tasks, claude) =>
    `아래의 각 작업은 ${tasks}에서 같은 requestId의 줄입니다. Claude 사용량: ${claude}, messageId마다 마지막 줄.`,
  used: (input, output, reasoning, cacheRead, cacheWrite) =>
    `입력 ${input}, 캐시에서 ${cacheRead}, 캐시로 ${cacheWrite}, 출력 ${output}, 추론 ${reasoning}`,
  reported: (costUsd) => (costUsd === 0 ? '보고된 비용 없음' : `보고된 비용 $${costUsd}`),
  onClaude: (model, tokens, usd) => `${model}였다면: ${tokens} 토큰, ${usd}`,
  answer: (tokens) => `주 세션에 준 답변: ~${tokens} 토큰`,
  failed: (code) => `실패 (${code}): 절약 없음`,
  saved: (tokens, usd, costUnknown) =>
    `절약: ${tokens} 토큰, ${usd}${costUnknown ? ' (비용을 알 수 없음)' : ''}`,
};

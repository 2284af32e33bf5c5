import type { AgentSource } from '../../../adapters/claude-code/list-agents.ts';
import type { Messages } from '../en/en.ts';

const sources: Readonly<Record<AgentSource, string>> = {
  'built-in': 'Claude Code 내장',
  plugin: '플러그인',
  user: '사용자',
  project: '프로젝트',
};

export const agents: Messages['agents'] = {
  summary: '이 Claude Code의 서브에이전트가 모드마다 누구에게 왜 가는지 나열',
  optionCoverage: '모드마다 몇 개를 라우팅하는지와 알려지지 않은 것을 출력',
  exampleList: '지금 각각 누가 답하는지',
  exampleJson: '수정을 허용한 세션이라면 (스크립트용)',
  columns: ['에이전트', '출처', '답하는 모델', '엔진', '이유', 'Claude를 떠나는 모드'],
  coverageColumns: ['모드', 'Claude를 떠나는 수'],
  sources,
  never: () => '없음',
  share: (routed, all) => `${all}개 중 ${routed}개`,
  now: () => '가 지금 Claude를 떠납니다',
  unknown: (names) => `알려지지 않아 Claude에 남음: ${names}`,
  howToChange: () =>
    '바꾸려면: omcm config set agents.NAME.target flash (또는 oracle, codex), agents.NAME.stays true, agents.NAME.writes false',
};

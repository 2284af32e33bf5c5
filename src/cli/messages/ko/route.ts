import type { DecisionStep } from '../../../core/routing/decision.ts';
import type { Messages } from '../en/en.ts';

const WHY: Readonly<Record<DecisionStep, readonly [routed: string, kept: string]>> = {
  switch: ['스위치', '라우팅이 꺼져 있음'],
  force: ['다른 무엇보다 앞서는 사용자 규칙', '다른 무엇보다 앞서는 사용자 규칙'],
  agent: ['에이전트 자체', '설정에서 이름을 지정하지 않으면 라우팅되지 않는 에이전트'],
  fallback: ['Claude를 쓸 수 없어 모두 라우팅', '폴백'],
  limit: ['Claude 사용 한도를 다 써서 모두 라우팅', '한도'],
  rule: ['사용자 규칙', '사용자 규칙'],
  session: ['이 세션의 모드에 따라 라우팅', '이 세션의 모드에 따라 유지'],
  usage: ['Claude 사용량이 경고 기준을 넘었고 autoHandoff가 켜져 있음', '사용량 경고'],
  pace: ['이 속도라면 한도가 초기화 전에 소진됨', '사용 속도'],
  mode: ['모드에 따라 라우팅', '모드에 따라 유지'],
  default: ['기본값', '라우팅을 요구하는 것이 없음 (모드: shadow, save-tokens, fusion)'],
  target: ['모델', '이 역할의 모델이 OpenCode에 하나도 연결되어 있지 않음'],
  trust: ['신뢰함', '프로젝트에 OpenCode가 실행할 파일이 있음 (허용: omcm trust)'],
  shadow: ['shadow 모드', 'shadow 모드는 지켜보기만 함: 라우팅했을 호출이지만 아무것도 라우팅하지 않음'],
  permission: ['허용됨', '파일을 고치는 에이전트이고, 이 권한 모드에서는 Claude가 맡음'],
  budget: ['예산 안', '설정한 예산을 다 씀. `omcm budget` 참고'],
  task: ['모델이 지정됨', '작업 자체를 보낼 수 없음'],
};

export const route: Messages['route'] = {
  summary: '서브에이전트를 실행하지 않고, 어디로 가고 왜 그런지 알려 줌',
  optionPrompt: '서브에이전트의 프롬프트',
  optionAt: 'Claude의 5시간 창을 이만큼(%) 썼다고 가정',
  optionFallback: 'Claude를 쓸 수 없다고 가정',
  optionSessionMode: '세션에 hulw, ulw, autopilot 중 하나가 켜져 있다고 가정',
  optionExplain: '물어본 단계와 그 답을 모두 표시',
  optionOffline: '실행 중인 데몬에 묻지 않고 설정과 상태 파일만으로 결정',
  exampleSimple: '지금 "explore"에 누가 답하는지',
  exampleAt: '한도의 95 %를 썼다면 어떻게 되는지',
  exampleJson: '스크립트용 출력',
  routed: (agent, model, id, opencodeAgent) =>
    `${agent} → ${model} (${id}, OpenCode 에이전트 ${opencodeAgent})`,
  kept: (agent) => `${agent}: Claude에 남음`,
  wouldGo: (model, id) => `  shadow 모드가 아니라면: ${model} (${id})`,
  blocked: (agent, rule, message) => `${agent}: 아무도 답하지 않음. "${rule}" 규칙: ${message}`,
  nobody: (agent, message) => `${agent}: 아무도 답하지 않음. ${message}`,
  because: (reason, step, routed) => {
    const why = Object.hasOwn(WHY, step) ? WHY[step as DecisionStep][routed ? 0 : 1] : step;
    return `${reason}: ${why}`;
  },
  decided: '◄ 결정',
  askedDaemon: () => '실행 중인 데몬이 결정했습니다.',
  askedNobody: () => '데몬 없이 결정했습니다: OpenCode에 연결된 모델은 확인하지 않았습니다.',
  daemonCouldNot: () => '실행 중인 데몬에 물을 수 없어 데몬 없이 결정했습니다.',
  configProblems: (count) => `설정 ${count}개가 무시되었습니다. \`omcm config check\`를 보세요.`,
  stateDamaged: (file, setAside) =>
    setAside === null
      ? `${file} 파일이 손상되어 쓰지 않습니다.`
      : `${file} 파일이 손상되어 ${setAside}(으)로 옮겼습니다.`,
};

import type { Messages } from '../en/en.ts';

export const worker: Messages['worker'] = {
  summary: '멈출 때까지 이 컴퓨터에서 팀의 작업을 처리',
  optionTags: '이 컴퓨터의 특징(이를 요구하는 작업용): gpu,eu',
  optionConcurrency: '동시에 처리할 작업 수. 생략하면 OpenCode 서버 하나가 맡는 만큼',
  optionAllowShell: '사용자 세션이 허용한 대로 여기서 명령을 실행할 수 있는 작업도 받음',
  exampleTags: '이 태그가 붙은 작업도, 동시에 네 개',
  exampleJson: '일어나는 일마다 JSON 한 줄',
  invalidTags: (text) =>
    `"${text}"은(는) 태그 목록이 아닙니다. 소문자, 숫자, 하이픈, 밑줄로 된 단어를 쉼표로 구분하세요.`,
  notConfiguredHint: () => 'docs/scaling.md를 보세요.',
  starting: () => 'Redis에 팀을, 데몬에 연결된 제공자를 묻는 중…',
  ready: (id, concurrency, providers, tags) =>
    `워커 ${id}: ${providers} 작업을 동시에 ${concurrency}개 받습니다${tags === '' ? '' : ` (${tags})`}. Ctrl-C를 누르면 작업이 끝난 뒤 종료합니다.`,
  noProviders: () => '여기 OpenCode에 연결된 제공자가 없어 이 워커가 받을 작업이 없습니다.',
  noProvidersHint: () => '`opencode auth login`으로 연결하세요.',
  took: (task) => `${task}: 받음`,
  ended: (task) => `${task}: 끝남`,
  redisLost: {
    'redis-lost': (detail) => `Redis가 응답하지 않습니다(${detail}). 다시 시도합니다.`,
    'redis-login-refused': (detail) =>
      `Redis가 로그인을 거부합니다(${detail}). 주소의 사용자와 비밀번호, 그 사용자의 권한이 맞는지 확인하세요. 다시 시도합니다.`,
    'redis-not-trusted': (detail) =>
      `여기서는 Redis의 인증서를 신뢰하지 않습니다(${detail}). 인증 기관을 execution.redisCaFile에 지정하고 워커를 다시 시작하세요.`,
    'redis-wants-tls': () =>
      'Redis가 아무 말 없이 연결을 끊습니다. TLS를 요구하는 것 같습니다(redis:// 대신 rediss://).',
    'redis-without-tls': (detail) =>
      `Redis 주소에서 TLS로 응답하지 않습니다(${detail}). 실행 중인지, rediss://와 포트가 맞는지 확인하세요.`,
  },
  redisBack: () => 'Redis가 응답합니다.',
  problem: (message) => `문제: ${message}`,
  stranger: (host, version, protocol) =>
    `${host}의 스케줄러(OMCM ${version})는 큐 프로토콜 ${protocol}을(를) 씁니다. 그 작업은 다른 워커가 맡습니다. 오래된 쪽을 업데이트하세요.`,
  refusedAtWork: () =>
    '팀의 스케줄러가 이제 다른 프로토콜을 씁니다. 더 받지 않고, 진행 중인 작업이 끝나면 종료합니다.',
  refused: (stranger, own, ownProtocol) =>
    `팀의 스케줄러와 말이 통하지 않습니다. ${stranger.host}의 스케줄러(OMCM ${stranger.version})는 큐 프로토콜 ${stranger.protocol}, 이 워커(OMCM ${own})는 ${ownProtocol}을(를) 씁니다.`,
  updateHere: () => '이 컴퓨터를 업데이트한 뒤(`omcm update`) 워커를 다시 시작하세요.',
  updateThere: (host) =>
    `${host}을(를) 업데이트한 뒤(\`omcm update\`, 이어서 \`omcm daemon restart\`) 워커를 다시 시작하세요.`,
  draining: () => '더 받지 않습니다. 한 번 더 누르면 진행 중인 작업을 대기열로 돌려보냅니다.',
  gone: (done) => `작업 ${done}개를 마치고 종료했습니다.`,
};

import type { Fault, RunName } from '../calls/fault.ts';
import type { DemoWords } from './en.ts';

const RUNS: Readonly<Record<RunName, string>> = { without: 'OMCM 없는', with: 'OMCM 있는' };

const fault = (found: Fault): string => {
  switch (found.code) {
    case 'session-failed':
      return `${RUNS[found.run]} 세션이 제대로 끝나지 않았습니다 (${found.detail}).`;
    case 'call-missing':
      return `${RUNS[found.run]} 세션에서 지휘자가 ${found.agent}을(를) 부르지 않았습니다.`;
    case 'answer-missing':
      return `${RUNS[found.run]} 세션에서 ${found.agent}의 답이 지휘자에게 오지 않았습니다.`;
    case 'answer-wrong':
      return `${RUNS[found.run]} 세션에서 ${found.agent}의 답이 지휘자에게 다르게 전해졌습니다.`;
    case 'work-missing':
      return `${RUNS[found.run]} 세션에서 ${found.file} 파일이 보고한 대로 쓰이지 않았습니다.`;
    case 'undecided':
      return `OMCM이 ${found.agent}에 대해 결정하지 않았습니다: 라우팅 로그에 이 호출이 없습니다.`;
    case 'claude-asked': {
      const why = found.why === null ? '' : ` (${found.why})`;
      return `${found.agent}은(는) 라우팅되었는데도 Claude에 요청이 ${found.requests}번 갔습니다${why}.`;
    }
    case 'went-elsewhere': {
      const went =
        found.went.length === 0 ? '아무 데도 가지 않았습니다' : `${found.went.join(', ')}(으)로 갔습니다`;
      return `${RUNS[found.run]} 세션에서 ${found.agent}은(는) ${found.decided}(으)로 가야 했는데 ${went}.`;
    }
    case 'left-behind':
      return `프로세스 ${found.pid}을(를) 끝낼 수 없었습니다.`;
  }
};

export const ko: DemoWords = {
  optionLive: '자신의 Claude Code와 OpenCode를 자신의 로그인으로, 임시 프로젝트에서 사용 (토큰이 듭니다)',
  optionKeep: '임시 폴더를 남김: 프로젝트, HOME, 각 제공자가 받은 것',
  optionYes: '--live 전에 묻지 않음',
  exampleOffline: '오프라인, 1분 이내, 자신의 것은 건드리지 않음',
  exampleJson: '스크립트용: 측정한 절감률',
  exampleLive: '자신의 제공자로',

  introOffline: (calls) => [
    `실제 Claude Code 세션 하나(서브에이전트 ${calls}개)를 두 번 실행합니다: OMCM 없이, 그리고 OMCM과 실제 OpenCode로.`,
    'Anthropic, OpenAI, Google은 이 컴퓨터에서 시뮬레이션하며 HOME도 따로 씁니다: 자신의 것은 읽지도 바꾸지도 않습니다.',
  ],
  introLive: (calls) => [
    `자신의 Claude Code 세션 하나(서브에이전트 ${calls}개)를 두 번 실행합니다: OMCM 없이, 그리고 OMCM과 자신의 OpenCode로.`,
    '임시 프로젝트에서 자신의 로그인으로 실행합니다: 두 세션 모두 실제 토큰이 들고, 합쳐서 수십만 개입니다.',
  ],
  confirm: '계속할까요? [y/N] ',
  yes: /^(y(es)?|네|예)$/i,
  notConfirmed: '아무것도 하지 않았습니다.',
  needsYes: '--live는 실제 토큰이 드는데, 물어볼 터미널이 없습니다.',
  needsYesHint: '동의하면 --yes를 붙이세요.',

  busyPreparing: '준비하는 중',
  busyWithout: (done, of) => `OMCM 없이: 서브에이전트 ${of}개 중 ${done}개 보고`,
  busyWarming: '데몬을 시작하고 OpenCode 서버를 예열하는 중',
  busyWith: (done, of) => `OMCM으로: 서브에이전트 ${of}개 중 ${done}개 보고`,
  busyCleaning: '정리하는 중',

  without: (calls, seconds, tokens) =>
    `OMCM 없이: Claude가 서브에이전트 ${calls}개에 모두 답함, ${seconds}, Claude 토큰 ${tokens}.`,
  warm: (seconds) => `데몬이 실행 중이고 OpenCode 서버가 예열되었습니다 (${seconds}, 모든 세션에 한 번).`,
  with: 'OMCM으로:',
  claude: 'Claude',
  unknownReason: '결정 없음',

  columns: {
    agent: '에이전트',
    route: '경로',
    reason: '이유',
    model: '답한 모델',
    requests: '턴',
    input: '입력',
    output: '출력',
    time: '시간',
  },
  routed: '라우팅',
  kept: '네이티브',
  tokenColumns: { what: 'Claude 토큰', without: 'OMCM 없이', with: 'OMCM으로', saved: '절감' },
  conductor: '지휘자',
  subagents: '서브에이전트',
  total: '합계',
  routedCost: (calls, tokens, requests) =>
    `라우팅된 서브에이전트 ${calls}개에 든 Claude 토큰: ${tokens} (요청 ${requests}번).`,
  simulated: '제공자는 시뮬레이션입니다: 토큰 수는 실제로 보낸 것의 크기를 따릅니다 (4글자에 토큰 1개).',
  live: 'Claude 토큰은 Claude Code가 보고한 것이고(캐시 포함), 나머지는 OpenCode가 보고한 것입니다.',
  keptIn: (folder) => `남겨 둔 폴더: ${folder}`,
  failed: (count) => `데모 실패 (${count}건):`,
  fault,

  interrupted: '중단했습니다. 시작한 것은 모두 끝냈습니다.',
  noClaude: 'Claude Code가 설치되어 있지 않습니다: PATH에 `claude`가 없습니다.',
  noClaudeHint: '`npm install -g @anthropic-ai/claude-code`로 설치하세요. OMCM 저장소라면 `npm ci`.',
  noOpencode: 'OpenCode가 설치되어 있지 않습니다: PATH에 `opencode`가 없습니다.',
  noOpencodeHint: '`npm install -g opencode-ai`로 설치하세요. OMCM 저장소라면 `npm ci`.',
  noGit: 'git이 설치되어 있지 않습니다. 데모는 git 프로젝트에서 실행합니다.',
  noGitHint: 'git을 설치하고 다시 해 보세요.',
  daemonDidNotStart: (detail) => `데모의 데몬이 시작되지 않습니다: ${detail}`,
  daemonDidNotStartHint: '`omcm demo --keep`은 로그를 남깁니다: 폴더 안의 home/.omcm/logs.',
  opencodeDidNotStart: (detail) => `OpenCode가 준비되지 않습니다: ${detail}`,
  opencodeDidNotStartHint:
    '`opencode serve`를 따로 실행해 보세요. `omcm demo --keep`은 데몬의 로그를 남깁니다.',
};

import type { Mode } from '../../../core/routing/mode.ts';
import type { ChangeId } from '../../setup/change.ts';
import type { Messages } from '../en/en.ts';

const modes: Readonly<Record<Mode, string>> = {
  shadow: '지켜보기: 결정하고 기록하지만 아무것도 라우팅하지 않음',
  fusion: 'planner를 뺀 알려진 서브에이전트를 모두 라우팅',
  'save-tokens': '찾고 읽고 문서를 쓰는 서브에이전트를 라우팅',
  default: 'Claude를 쓸 수 없을 때나 규칙이 정할 때만 라우팅',
};

const changes: Readonly<Record<ChangeId, string>> = {
  config: 'OMCM 설정',
  plugin: 'Claude Code 플러그인',
  'status-line': '상태 줄',
  completions: '자동 완성',
};

export const setup: Messages['setup'] = {
  summary: '플러그인, 설정, 상태 줄, 자동 완성을 한 번에 설치 (모두 되돌릴 수 있음)',
  optionYes: '묻지 않고 제안대로 진행 (없는 프로그램은 npm으로 설치)',
  optionNoInput: '묻지 않고, 프로그램은 설치하지 않음',
  optionDryRun: '바뀔 내용을 모두 출력하고 아무것도 바꾸지 않음',
  optionMode: '시작할 모드: shadow(지켜보기, 기본값), save-tokens, fusion, default',
  optionNoStatusLine: 'Claude Code의 상태 줄을 그대로 둠',
  optionCompletions: 'omcm 자동 완성을 쓸 셸: bash,zsh,fish,powershell 또는 none (기본값: 로그인 셸)',
  exampleWizard: '터미널에서 물어보며 진행',
  exampleDryRun: '무엇이 바뀌는지',
  exampleYes: '묻지 않고 바로 라우팅까지',
  needsTerminal: () => '설치하려면 몇 가지를 물어야 하는데 물어볼 터미널이 없습니다.',
  needsTerminalHint: () =>
    'omcm setup --yes는 제안대로 진행합니다. omcm setup --dry-run은 보여 주기만 하고, --no-input은 프로그램을 설치하지 않습니다.',
  recordNewer: (file) => `더 새로운 버전의 OMCM이 설치했으므로 그 버전만 바꿀 수 있습니다 (${file}).`,
  recordNewerHint: () => '먼저 이 omcm을 업데이트하세요. 방법은 omcm update가 알려 줍니다.',
  title: () => 'OMCM: Claude Code가 지휘하고 다른 모델이 연주합니다',
  foundTitle: () => '찾은 것',
  found: (program, version) => (version === null ? `${program}: 없음` : `${program} ${version}`),
  hasOmc: () => 'oh-my-claudecode: 에이전트를 이름으로 압니다',
  providers: (names) => `OpenCode에 연결됨: ${names}`,
  noProviders: () => 'OpenCode에 아직 연결한 제공자가 없습니다: opencode auth login',
  installing: (command) => `${command} 실행 중 …`,
  askInstall: (command) => `설치되어 있지 않습니다. ${command}를 실행할까요?`,
  askMode: () => '어떤 모드로 시작할까요?',
  modes,
  askStatusLine: () => '상태 줄에 Claude의 사용량을 보여 줄까요?',
  askStatusLineAround: () => '지금 상태 줄 아래에 Claude의 사용량을 보여 줄까요?',
  askShells: () => '어떤 셸에서 omcm을 자동 완성할까요?',
  trustTitle: () => '이 프로젝트에는 OpenCode가 실행하거나 따를 파일이 있습니다',
  askConsents: () =>
    '파일을 쓰는 에이전트는 Claude Code의 도구와 확인 창을 그대로 쓰면서 다른 모델이 이끌 수 있습니다. 대화 전체를 어느 업체에 보내도 될까요? (omcm consent)',
  askTrust: () => '이 프로젝트를 신뢰하고 서브에이전트를 보내도록 할까요?',
  needsTrust: (files) =>
    `이 프로젝트에 ${files} 파일이 있어 omcm trust 전에는 서브에이전트가 Claude에 남습니다`,
  changesTitle: () => '바뀌는 것',
  askApply: () => '진행할까요?',
  cancelled: () => '아무것도 바꾸지 않았습니다.',
  done: () => '끝났습니다. omcm doctor로 점검하고, omcm uninstall로 모두 되돌릴 수 있습니다.',
  next: () => 'omcm doctor로 점검하고, omcm uninstall로 모두 되돌릴 수 있습니다.',
  nothingToDo: () => '이미 모두 설치되어 있어 바꿀 것이 없습니다.',
  changes,
  changed: changes,
  statusLineNew: () => '상태 줄이 없으므로 새로 만듦',
  statusLineAround: (command) => `지금 있는 것 아래에 추가: ${command}`,
  commentsGo: (file) =>
    `주석과 끝의 쉼표를 뺌: 그런 것이 있으면 Claude Code가 ${file} 전체를 무시합니다. omcm uninstall이 되돌립니다`,
  commandFailed: (command, said) => `${command} 실패: ${said}`,
  nothingChanged: () => '모두 전과 같습니다.',
  configText: (
    mode,
  ) => `// OMCM 설정. omcm config get은 모든 설정과 값을, omcm config check는 잘못된 곳을 보여 줍니다.
{
  // 부족한 것이 없을 때 얼마나 라우팅할지:
  //   shadow       라우팅하지 않고, 라우팅했을 것을 기록함 (omcm why)
  //   save-tokens  찾고 읽고 문서를 쓰는 서브에이전트
  //   fusion       planner를 뺀 알려진 서브에이전트 모두
  //   default      Claude를 쓸 수 없을 때까지 라우팅하지 않음
  "mode": ${JSON.stringify(mode)},

  // 모드와 관계없이 보내거나 남길 서브에이전트:
  // "routing": { "preferOpencode": ["explore"], "preferClaude": ["architect"] },

  // 역할마다 쓸 모델 (OpenCode에 연결된 것 가운데):
  // "targets": { "oracle": ["openai/gpt-5.2"], "codex": ["openai/gpt-5.2-codex"], "flash": ["google/gemini-3-flash"] },

  // Claude가 수정마다 물어볼 상황에서, 파일을 고치는 서브에이전트를 보내도 되는지: never, ask, allow.
  // "permissions": { "delegateWrites": "never" },
}
`,
};

export const uninstall: Messages['uninstall'] = {
  summary: '플러그인, 상태 줄, 자동 완성, 데몬, 서버, 데이터를 모두 되돌림',
  optionKeepData: '설정, 로그, 결과를 그대로 둠',
  exampleKeepData: '잠시 제거: 설정과 로그는 남김',
  how: {
    restored: '전과 같게 되돌림  ',
    'ours-taken-out': '그 뒤에 바뀌어 OMCM 부분만 뺌',
    untouched: '그대로 둠  ',
  },
  notRemoved: (folder) => `${folder}에는 OMCM의 것이 아닌 것도 있어 그대로 두었습니다.`,
  done: () => '프로그램 자체를 빼고 OMCM의 것은 남아 있지 않습니다: npm uninstall -g oh-my-claude-money',
  doneKept: (folder) => `OMCM을 Claude Code에서 뺐습니다. 설정과 로그는 ${folder}에 남아 있습니다.`,
};

export const completion: Messages['completion'] = {
  summary: '셸의 자동 완성 스크립트를 출력',
  argumentShell: '셸: bash, zsh, fish, powershell',
  exampleBash: '지금 bash에서',
  exampleFish: '지금 fish에서',
};

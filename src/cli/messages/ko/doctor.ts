import type { Messages } from '../en/en.ts';

export const doctor: Messages['doctor'] = {
  summary: '설치 상태를 살피고 고치는 방법을 알려 줌',
  optionNoStart: 'OpenCode에 연결된 것을 알아보려고 데몬을 시작하지 않음',
  optionFix: '위험 없이 고칠 수 있는 것을 고침: 플러그인, OMCM 파일의 권한, 오래된 데몬',
  optionProbe:
    '연결된 프로바이더마다 모델 하나에 아주 작은 질문을 함. 먼저 동의를 구함 (--yes). 토큰이 조금 듭니다',
  optionHooks: '시뮬레이션한 Claude 앞에서 Claude Code 세션을 실행해 플러그인이 작동하는지 확인',
  optionSimulate: (names) =>
    `시뮬레이션한 프로바이더로 이것만 재현해 OMCM의 동작을 보여 줌: ${names} (쉼표로 구분) 또는 all`,
  optionYes: '--probe와 함께: 토큰을 쓰기 전에 묻지 않음',
  exampleProbe: '프로바이더가 실제로 대답하는지 확인',
  exampleSimulate: '프로바이더가 거부하거나 멈추면 어떻게 되는지',
  probe: (model, time) => `${model} 대답함 (${time})`,
  probeFailed: (model, why) => `${model} 대답하지 않음: ${why}`,
  probeRemedy: (model) =>
    `OpenCode에서 직접 시험해 보세요: opencode run --model ${model} ok; opencode auth login`,
  probeAsk: (models) => `${models}에 아주 작은 질문을 하나씩 할까요? 토큰이 조금 듭니다. [y/N] `,
  probeRefused: () => '아무에게도 묻지 않았습니다.',
  probeNeedsYes: (models) => `${models}에 묻는 데 토큰이 조금 드는데, 동의를 구할 수 없습니다.`,
  probeNeedsYesHint: () => '동의하려면: omcm doctor --probe --yes',
  hooks: () => 'Claude Code 세션에서 플러그인의 모드가 서브에이전트 호출을 받음',
  hooksSecondWay: () =>
    'Claude Code 세션에서 모드가 꺼져 있어, 대답이 거부된 호출의 형태(두 번째 방법)로 전달됨',
  hooksSecondWayRemedy: () => 'claude update를 실행하세요. 조직 정책이 모드를 껐을 수도 있습니다',
  hooksSilent: () => 'Claude Code 세션에서 아무도 OMCM에 서브에이전트를 묻지 않음',
  hooksSilentRemedy: () => '플러그인을 설치하고 켜세요: omcm setup. claude plugin list로 확인할 수 있습니다',
  hooksNoSession: (said) => `Claude Code 세션을 실행할 수 없음${said === '' ? '' : `: ${said}`}`,
  hooksNoSessionRemedy: () => 'claude -p hello를 실행해 보세요. 설정이 다른 주소로 보낼 수도 있습니다',
  simulationMissing: () => '마켓플레이스의 플러그인에는 시뮬레이션한 프로바이더가 들어 있지 않습니다.',
  simulationMissingHint: () => 'npm install -g oh-my-claude-money를 하거나, 복제한 저장소에서 실행하세요',
  mending: (what) => `고치는 중: ${what}`,
  permissions: () => 'OMCM이 보관하는 것을 다른 사용자가 읽을 수 없습니다',
  permissionsOpen: (count, folder) =>
    `${folder} 안의 ${count}개를 이 컴퓨터의 다른 사용자가 읽거나 쓸 수 있습니다`,
  permissionsRemedy: (folder) => `omcm doctor --fix 또는 chmod -R go= ${folder}`,
  exampleJson: '스크립트용: 결과를 출력하고, 실패한 것이 있으면 6으로 종료',
  examining: () => '살펴보는 중 …',
  status: { ok: '정상', warn: '주의', fail: '실패' },
  totals: (failed, warned) =>
    failed + warned === 0 ? '모두 정상입니다.' : `실패 ${failed}개, 주의 ${warned}개.`,

  node: (version) => `Node.js ${version} 사용 중`,
  nodeOld: (version, least) => `Node.js ${version}은(는) ${least}보다 오래됨`,
  nodeRemedy: (least) => `Node.js ${least} 이상을 설치하세요: https://nodejs.org`,

  claude: (version, path) => `Claude Code ${version} 설치됨 (${path})`,
  claudeMissing: () => 'PATH에 Claude Code가 없음',
  claudeMissingRemedy: () => '설치: npm install -g @anthropic-ai/claude-code',
  claudeSilent: (path) => `Claude Code의 버전을 알 수 없음 (${path})`,
  claudeSilentRemedy: () => '`claude --version`을 실행해 보세요',
  claudeOld: (version, least) =>
    `Claude Code ${version}은(는) 모드(mod)를 쓸 수 없음 (${least} 이상 필요): 위임된 답이 거부된 호출로 전달됨`,
  claudeOldRemedy: () => '업데이트: claude update',

  plugin: (version) => `Claude Code에 플러그인이 설치됨 (${version})`,
  pluginMissing: () => 'Claude Code에 플러그인이 없음. --plugin-dir로 시작한 세션에서만 동작함',
  pluginMissingRemedy: (root) =>
    `설치: claude plugin marketplace add ${root} && claude plugin install omcm@omcm`,
  pluginDisabled: (key) => `Claude Code에 설치된 플러그인 ${key}이(가) 꺼져 있음`,
  pluginDisabledRemedy: (key) => `켜기: claude plugin enable ${key}`,
  pluginOther: (installed, own) => `Claude Code의 플러그인 버전은 ${installed}, 이 omcm은 ${own}`,
  pluginOtherRemedy: (key) => `업데이트: claude plugin update ${key}`,

  mods: () => 'Claude Code 설정에 모드(mod)를 끄는 것이 없음',
  modsHooksOff: (file) => `모든 훅이 꺼져 있어 (${file}의 disableAllHooks) 아무것도 위임되지 않음`,
  modsHooksOffRemedy: (file) => `${file}에서 disableAllHooks를 빼세요`,
  modsManaged: (setting, file) =>
    `관리되는 훅이나 모드만 허용되어 (${file}의 ${setting}) 플러그인이 막힐 수 있음`,
  engine: () => '동의하면 다른 모델이 Claude Code의 도구로 서브에이전트를 맡을 수 있음',
  engineKeyless: (names) =>
    `${names}의 모델은 제외: OAuth 로그인처럼 직접 쓸 수 있는 키가 OpenCode에 없어 OpenCode의 도구를 씁니다`,
  engineOpencode: () => '다른 모델은 OpenCode의 도구를 씀 (engine: opencode)',
  engineBlind: (file) =>
    `여기서는 Claude Code가 모델 요청을 플러그인에 보여 주지 않아${file === null ? '' : ` (${file})`} OpenCode나 Claude가 답함`,
  engineBlindRemedy: () => '그대로도 작동합니다. 관리되는 설정이 없으면 native-tools 엔진을 쓸 수 있습니다',
  modsManagedRemedy: () => '이 기기의 관리자에게 omcm 플러그인 허용을 요청하세요',

  rivals: () => '서브에이전트를 결정하는 다른 것이 없음',
  rivalPlugin: (key) => `플러그인 ${key}도 서브에이전트를 결정하므로, 둘 중 하나는 호출되지 않을 수 있음`,
  rivalPluginRemedy: (key) => `하나만 쓰세요: claude plugin disable ${key}`,
  rivalHook: (file) => `직접 설정한 훅이 Agent 도구를 결정함 (${file})`,
  rivalHookRemedy: (file) => `호출을 거부하거나 바꾸는지 ${file}에서 확인하세요`,
  subagentsDenied: (file) => `서브에이전트가 모두 금지됨 (${file}의 permissions.deny)`,
  subagentsDeniedRemedy: (file) => `${file}의 permissions.deny에서 Agent와 Task를 빼세요`,

  opencode: (version, path) => `OpenCode ${version} 설치됨 (${path})`,
  opencodeMissing: (command) => `OpenCode가 없음 (${command})`,
  opencodeMissingRemedy: () =>
    'npm install -g opencode-ai로 설치하거나, 위치를 정하세요: omcm config set opencode.command /path/to/opencode',
  opencodeSilent: (path) => `OpenCode의 버전을 알 수 없음 (${path})`,
  opencodeSilentRemedy: () => '`opencode --version`을 실행해 보세요',
  opencodeOther: (version, supported) => `OpenCode ${version}은(는) OMCM이 검증된 버전(${supported})이 아님`,
  opencodeOtherRemedy: (supported) => `설치: npm install -g opencode-ai@${supported}`,

  daemon: (version, pid) => `데몬 실행 중 (버전 ${version}, 프로세스 ${pid})`,
  daemonIdle: () => '데몬이 실행 중이 아님. 필요할 때 시작됨',
  daemonOther: (version, own) => `실행 중인 데몬의 버전은 ${version}, 이 omcm은 ${own}`,
  daemonOtherRemedy: () => '다시 시작: omcm daemon restart',
  updateRemedy: () => '할 일 보기: omcm update',
  daemonFailed: (message) => `데몬 문제: ${message}`,
  daemonFailedRemedy: () => '로그 보기: omcm daemon logs',

  team: (namespace, workers) => `팀 ${namespace}: Redis가 응답하고 워커 ${workers}개가 있음`,
  teamLost: (namespace) => `팀 ${namespace}의 Redis가 응답하지 않아 배치 작업이 기다림`,
  teamLostRemedy: () => 'Redis가 실행 중인지, OMCM_REDIS_URL이나 execution.redisUrlFile이 맞는지 확인하세요',
  teamEmpty: (namespace) => `팀 ${namespace}에 작업을 맡길 워커가 없어 배치 작업이 기다림`,
  teamEmptyRemedy: () => '아무 컴퓨터에서나 시작하세요: omcm worker',
  teamStranger: (id, version, theirs, ours) =>
    `워커 ${id}(OMCM ${version})은(는) 큐 프로토콜 ${theirs}, 이 컴퓨터는 ${ours}을(를) 써서 작업을 받지 못함`,
  teamScheduler: (host, version, theirs, ours) =>
    `${host}의 스케줄러(OMCM ${version})는 큐 프로토콜 ${theirs}, 이 컴퓨터는 ${ours}을(를) 씀. 둘을 함께 맡는 워커는 없음`,
  teamUpdateThere: (host) => `${host}에서 실행하세요: omcm update`,

  sockets: () => '유닉스 소켓이 작동함',
  socketsForbidden: (why) => `여기서는 유닉스 소켓이 작동하지 않아(${why}) 데몬에 연결할 수 없음`,
  socketsRemedy: () => '샌드박스나 컨테이너에서 허용하거나, OMCM_HOME에 로컬 디스크를 지정하세요',
  sandboxForbids: (file) =>
    `Claude Code의 명령 샌드박스가 유닉스 소켓을 막음 (${file}). 스킬과 명령의 omcm은 데몬에 연결하지 못하지만, 라우팅은 됩니다`,
  sandboxRemedy: (socket) =>
    socket === null
      ? 'sandbox.network.allowAllUnixSockets를 true로 설정하세요'
      : `sandbox.network.allowUnixSockets에 ${socket}을 추가하세요`,
  orphans: () => '데몬 없이 남은 OpenCode 서버가 없음',
  orphansLeft: (pids) => `끝내 줄 데몬 없이 OpenCode 서버가 실행 중 (프로세스 ${pids})`,
  orphansRemedy: () => 'omcm daemon start를 하면 끝납니다',

  pool: (ready) => `이 기기의 OpenCode 서버: ${ready}개 준비됨`,
  poolOutage: (why) => `작업을 받을 OpenCode 서버가 없음: ${why}`,
  poolGivenUp: (servers, why) => `거듭 실패하여 포기한 OpenCode 서버 ${servers}개: ${why}`,
  poolRemedy: () => '원인을 고친 뒤 omcm pool recycle을 실행하세요. 그냥 두면 5분 뒤에 다시 시도합니다',

  resting: (what) => `실패가 이어져 쉬고 있어 작업이 다른 곳으로 감: ${what}`,
  restingRemedy: () =>
    '무엇이 실패했는지는 omcm why로 보세요. 키가 거절되었다면 opencode auth login. 때가 되면 저절로 다시 시도합니다',

  remote: (url) => `원격 서버 ${url}에 연결됨`,
  remoteNotAsked: () => '아직 응답이 없음',
  remoteFailed: (url, why) => `원격 서버 ${url}을(를) 쓸 수 없음: ${why}`,
  remoteFailedRemedy: () =>
    '원인을 고치거나 pool.remotes에서 빼세요. 적어도 1분마다 다시 확인합니다. 설정이나 비밀번호를 바꿨다면: omcm daemon restart',
  remoteReadable: (url) => `${url}의 주소가 http라서 비밀번호가 암호화되지 않고 전송됨`,
  remoteReadableRemedy: () => 'https나 터널(ssh -L), 또는 사설 네트워크를 쓰세요',

  providers: (names) => `OpenCode에 연결됨: ${names}`,
  providersNone: () => 'OpenCode에 직접 연결한 제공자가 없음',
  providersNoneRemedy: () => '연결: opencode auth login',
  providersNotAsked: () => '데몬이 실행 중이 아니어서 OpenCode에 연결된 제공자를 확인하지 않음',
  providersNotAskedRemedy: () => 'omcm daemon start를 하거나 --no-start 없이 omcm doctor를 실행하세요',
  providersUnknown: (detail) =>
    `OpenCode에 연결된 제공자를 알아내지 못함${detail === '' ? '' : `: ${detail}`}`,
  providersUnknownRemedy: () => '위의 실패를 고친 뒤 omcm doctor를 다시 실행하세요',

  target: (role, model) => `${role}: ${model}이(가) 답함`,
  targetNext: (role, wanted, used) => `${role}: 연결된 제공자에 ${wanted}이(가) 없어 ${used}이(가) 답함`,
  targetNone: (role, wanted) =>
    `${role}: 쓸 수 있는 모델이 없음. 연결된 제공자에 ${wanted}이(가) 없어 에이전트가 Claude에 남음`,
  targetRemedy: (role) =>
    `제공자를 연결하거나 (opencode auth login) 다른 모델을 고르세요: omcm config set targets.${role} provider/model`,
  modelMissing: (key, model) => `${key}의 ${model}은(는) 연결된 제공자에 없음`,
  modelMissingRemedy: (key) => `제공자를 연결하거나 (opencode auth login) ${key}을(를) 바꾸세요`,

  trust: () => '이 프로젝트에는 신뢰가 필요한 것이 없습니다',
  trustMissing: (files) =>
    `이 프로젝트에는 OpenCode가 실행하거나 따를 파일이 있어 서브에이전트가 Claude에 남습니다: ${files}`,
  trustRemedy: () => '파일을 읽어 본 뒤 omcm trust를 실행하세요',

  config: () => '설정에 문제가 없음',
  configRemedy: () => '자세히: omcm config check',
  stateFiles: () => '손상된 상태 파일이 없음',
  stateFilesDamaged: (files) => `손상되어 옮겨 둔 상태 파일: ${files}`,
  stateFilesRemedy: (folder) => `필요한 내용이 있는지 보고 ${folder}에서 지우세요`,
  stateFilesBroken: (files) => `읽을 수 없는 상태 파일: ${files}`,
  stateFilesBrokenRemedy: () => '데몬이 옮겨 두고 없이 계속합니다. 그 내용은 잃게 됩니다',
  stateFilesNewer: (files) => `더 새로운 OMCM이 쓴 상태 파일이라 건드리지 않음: ${files}`,
  stateFilesClosed: (files) => `읽을 권한이 없는 상태 파일: ${files}`,
  disk: () => '디스크 공간이 충분함',
  diskFull: (megabytes, folder) => `${folder} 디스크에 ${megabytes} MB만 남음`,
  diskRemedy: () => '공간을 비우거나, OMCM_HOME에 다른 디스크를 지정하세요',
  clock: () => '미래에 쓰인 파일이 없음',
  clockBack: (minutes, folder) =>
    `${folder}의 파일이 최대 ${minutes}분 미래의 것임: 시계가 뒤로 맞춰졌습니다`,
  clockRemedy: () => '시계를 맞추세요. 맞다면 omcm daemon restart. 그때 읽은 값은 그 시각까지 유효합니다',
  stateFolder: (folder) => `상태 폴더에 쓸 수 있음 (${folder})`,
  stateFolderClosed: (folder, reason) => `상태 폴더에 쓸 수 없음: ${folder} (${reason})`,
  stateFolderRemedy: (folder) => `${folder}에 쓸 수 있게 하거나 OMCM_HOME에 다른 위치를 정하세요`,
  problems: () => '최근에 데몬이 겪은 문제가 없음',
  problemsNotAsked: () => '데몬이 실행 중이 아니어서 최근 문제를 확인하지 않음',
  problemsSome: (list) => `최근 문제: ${list}`,
  problemsRemedy: () => '로그 보기: omcm daemon logs',
  ripgrep: (path) => `ripgrep 설치됨 (${path})`,
  ripgrepMissing: () => 'ripgrep이 없음. OpenCode가 내려받으며, 오프라인에서는 파일을 검색하지 못함',
  ripgrepRemedy: () => 'ripgrep을 설치하세요. 예: apt-get install ripgrep, brew install ripgrep',
  setpriv: (path) => `setpriv 설치됨 (${path})`,
  setprivMissing: () => 'setpriv가 없음. 데몬이 강제 종료되면 OpenCode 서버가 남을 수 있음',
  setprivRemedy: () => 'util-linux를 설치하세요. 예: apt-get install util-linux',
};

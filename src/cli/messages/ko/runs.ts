import type { Messages } from '../en/en.ts';

const NO_WORKTREE: Readonly<Record<string, string>> = {
  'git-missing': 'git이 설치되어 있지 않음',
  'git-too-old': 'git이 2.38보다 오래됨',
  'not-a-repository': 'git 저장소가 아님',
  'bare-repository': 'bare 저장소임',
  'unborn-head': '아직 커밋이 없음',
  'operation-in-progress': 'rebase나 merge 등이 진행 중',
  'unmerged-files': '해결할 충돌이 있음',
  submodules: '저장소에 서브모듈이 있음',
  'sparse-checkout': 'sparse checkout임',
  'ignored-folder': 'git이 이 폴더를 무시함',
  'state-folder-inside': 'OMCM의 폴더가 이 저장소 안에 있음',
  'too-much-untracked': 'git이 무시하지 않는 새 파일이 200 MB를 넘음',
};

const noWorktree = (code: string): string =>
  NO_WORKTREE[code] ?? 'git이 만들지 못함. `omcm daemon logs` 참고';

const changes: Messages['runs']['changes'] = {
  merged: (files) => `병합됨: 파일 ${files}개`,
  unchanged: () => '바뀐 것 없음',
  left: (branch, why, command) => `브랜치 ${branch}에 남김 (${why}): ${command}`,
  because: (code, { files, outcome, message }) => {
    if (code === 'conflict') return `${files}에서 충돌`;
    if (code === 'changed-meanwhile') return `그 사이 폴더에서 ${files}이(가) 바뀜`;
    if (code === 'daemon-lost') return '데몬이 사라짐';
    if (code === 'task-not-done') return outcome === 'cancelled' ? '작업이 취소됨' : '작업이 실패함';
    return `병합하지 못함: ${NO_WORKTREE[message ?? ''] ?? message}`;
  },
  leftOut: (files) => `git이 무시하여 가져오지 않음: ${files}`,
  noWorktree,
  inPlace: (why) => `폴더에서 직접 작업함: ${why}`,
  kept: (directory, message) => `저장소에 저장하지 못해 ${directory}에 있음: ${message}`,
};

export const runs: Messages['runs'] = {
  summary: '여러 작업의 실행을 나열하고, 보여 주고, 따라가고, 취소',
  listSummary: '데몬이 아는 실행들',
  showSummary: '실행의 각 작업이 어떻게 되었는지',
  attachSummary: '실행을 끝까지 따라가기. 끝난 실행은 처음부터 모두 보여 줌',
  cancelSummary: '실행 전체나 그 가운데 한 작업을 취소',
  argumentRun: '실행의 id',
  argumentTask: '그 안의 작업 id',
  exampleList: '진행 중인 실행과 최근에 끝난 실행',
  exampleShow: '작업들이 말한 것까지 모두, 스크립트용',
  exampleAttach: '작업이 시작되고 끝날 때마다 한 줄. Ctrl-C를 눌러도 실행은 계속됨',
  exampleCancel: '작업 하나와 그것이 필요한 작업들',
  states: {
    waiting: '대기 중',
    running: '실행 중',
    done: '완료',
    claude: 'Claude에 남김, 실행하지 않음',
    failed: '실패',
    cancelled: '취소됨',
    interrupted: '중단됨',
    skipped: '건너뜀',
  },
  changes,
  columns: ['작업', '에이전트', '상태', '모델', '토큰', '걸린 시간', '이유'],
  listColumns: ['실행', '끝난 작업', '실행 중', '폴더'],
  begun: (run, count, detach) =>
    `작업 ${count}개의 실행 ${run}. 이 터미널이 없어도 계속되며, Ctrl-C를 누르면 ${detach ? '그대로 둡니다' : '취소됩니다'}.`,
  askCancel: () => 'Ctrl-C를 한 번 더 누르면 실행이 취소됩니다. 누르지 않으면 계속됩니다.',
  left: (run) => `실행은 계속됩니다: \`omcm runs attach ${run}\`, \`omcm runs cancel ${run}\`.`,
  live: {
    gettingReady: '준비 중',
    more: (count) => `그 밖에 ${count}개`,
    ended: (ended, of) => `작업 ${of}개 중 ${ended}개 끝남`,
    tokens: (tokens) => `${tokens} 토큰`,
  },
  started: (task, agent) => `${task}: 시작됨 (${agent})`,
  skipped: (code, task) => {
    if (code === 'need-not-done') return `"${task}" 작업이 완료되지 않음`;
    if (code === 'run-stopped') return `"${task}" 작업이 실패함`;
    if (code === 'rate-limited') return '할 수 있는 모든 제공자가 지금은 거절함(사용 한도)';
    return code === 'budget-spent' ? '예산을 다 씀' : '데몬이 너무 오래 꺼져 있었음';
  },
  interrupted: {
    'may-have-written': '작업 중에 데몬이 사라졌고 파일이 바뀌었을 수 있음. 확인한 뒤 다시 실행하세요',
    'lost-too-often': '시작할 때마다 데몬이 사라짐',
  },
  lost: () => '데몬이 사라졌습니다. 다시 시작해서 실행을 이어 갑니다.',
  paused: (run) => `데몬이 종료되는 중입니다. 다음 데몬이 실행을 이어 갑니다: \`omcm runs attach ${run}\`.`,
  cancelled: (name) => `${name}을(를) 취소했습니다.`,
  none: () => '데몬이 아는 실행이 없습니다.',
};

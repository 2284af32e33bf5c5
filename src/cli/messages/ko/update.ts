import type { Messages } from '../en/en.ts';

export const update: Messages['update'] = {
  summary: '명령줄, 플러그인, 데몬의 버전이 서로 맞는지, 무엇으로 업데이트하는지 보여 줌',
  exampleJson: '스크립트용: 버전과 할 일. 할 일이 있으면 6',
  part: { omcm: 'omcm', plugin: '플러그인', daemon: '데몬', state: '상태 파일' },
  partColumn: '부분',
  versionColumn: '버전',
  standing: { same: '', older: '이 omcm보다 오래됨', newer: '이 omcm보다 새로움' },
  from: {
    marketplace: 'Claude Code가 복제한 마켓플레이스',
    npm: 'npm으로 설치함',
    clone: '복제한 저장소',
  },
  pluginMissing: () => 'Claude Code에 설치되어 있지 않음. omcm setup으로 설치하세요',
  daemonIdle: () => '실행 중이 아님. 필요할 때 시작됩니다',
  newerFiles: (files) => `더 새로운 버전이 쓴 상태 파일이라 건드리지 않습니다: ${files}`,
  step: (part, other) => `${part}: ${other}보다 오래되었습니다. 업데이트:`,
  sessions: () => '실행 중인 Claude Code 세션은 다시 시작할 때까지 이전 플러그인을 씁니다.',
  nothing: (command) =>
    `할 일이 없습니다. 버전이 모두 맞습니다. 새 버전이 있는지는 묻지 않습니다. 받으려면: ${command}`,
};

import type { Messages } from '../en/en.ts';

export const handoff: Messages['handoff'] = {
  summary: '이 세션을 OpenCode로 넘기거나, 거기서 한 일을 가져오기',
  optionTo: '넘겨받는 쪽: opencode (기본값)',
  optionOpen: '컨텍스트를 첫 메시지로 하여 프로젝트에서 OpenCode 시작',
  optionBack: '프로젝트의 마지막 OpenCode 세션 결과를 기록 (Claude Code의 /omcm:resume용)',
  optionHistory: '이 프로젝트의 핸드오프 목록',
  optionSession: '넘길 세션 ID (기본값: 프로젝트의 마지막 세션)',
  exampleWrite: '.omcm/handoff/context.md를 쓰고 이어가는 방법 안내',
  exampleOpen: '바로 OpenCode에서 이어가기',
  exampleBack: '한 일을 가지고 Claude Code로 돌아오기',
  written: (file, chars) => `${file}: ${chars}자.`,
  goOn: (command) => `OpenCode에서 이어가기:\n  ${command}`,
  comeBack: () => '거기서 끝나면: `omcm handoff --back`',
  resume: () => 'Claude Code에서는 /omcm:resume이 읽습니다.',
  firstMessage:
    '이 세션은 Claude Code에서 시작한 작업을 넘겨받습니다. 아래가 그 컨텍스트입니다. 미완료 TODO를 진행 중인 것부터 이어가고, 결정사항을 지키고, todo 목록을 유지하세요.',
  firstMessageByFile: (file) =>
    `이 세션은 Claude Code에서 시작한 작업을 넘겨받습니다. 먼저 ${file}을(를) 읽으세요. 컨텍스트가 들어 있습니다. 미완료 TODO를 진행 중인 것부터 이어가고, 결정사항을 지키고, todo 목록을 유지하세요.`,
  noSession: () => '이 폴더에는 OpenCode 세션이 없습니다.',
  noOpencode: (command) => `OpenCode를 쓰지 못했습니다: \`${command}\`.`,
  hintOpencode: () => '`npm install -g opencode-ai`로 설치하거나 opencode.command를 설정하세요.',
  notWritten: (detail) => `핸드오프를 쓰지 못했습니다: ${detail}`,
  none: () => '이 프로젝트에서는 아직 넘긴 것이 없습니다.',
  way: (toOpencode) => (toOpencode ? 'OpenCode로' : 'Claude Code로 되돌림'),
};

import type { Messages } from '../en/en.ts';

export const context: Messages['context'] = {
  summary: '이 세션을 넘겨받는 쪽이 알아야 할 것: 작업, TODO, 결정, 파일',
  optionMarkdown: '핸드오프 문서 출력 (--json이 없을 때의 기본)',
  optionBrief: '위임된 작업에 전달되는 세션 요약 출력',
  optionSession: 'Claude Code 세션 ID (기본값: 프로젝트의 마지막 세션)',
  optionTranscript: '대신 읽을 Claude Code 대화 기록 파일',
  exampleDocument: '여기서 마지막 세션의 문서',
  exampleJson: '스크립트용 전체 내용',
  exampleSession: '다른 프로젝트의 특정 세션',
  noTranscript: (file) => `대화 기록 ${file}이(가) 없습니다.`,
  noSession: () => '여기에는 Claude Code 세션이 없습니다. 문서에는 git과 메모의 내용만 있습니다.',
};

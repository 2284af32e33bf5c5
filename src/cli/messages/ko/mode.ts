import type { Messages } from '../en/en.ts';

export const mode: Messages['mode'] = {
  summary: 'Claude Code 세션 하나의 모드(hulw, ulw, autopilot): 보기, 켜기, 끄기',
  argumentMode:
    'hulw(옮길 수 있는 것은 모두 옮김), ulw(Claude 사용량에 따라), autopilot, off, stop(끄고 세션의 작업도 취소)',
  optionSession: '세션 (기본값: 이 셸을 연 세션, 없으면 이 폴더의 유일한 세션)',
  exampleShow: '이곳 세션의 모드',
  exampleSet: '지금부터 다른 모델이 서브에이전트를 맡음',
  exampleStop: '한 세션의 모드를 끄고 작업과 실행을 취소',
  is: (session, mode) => (mode === null ? `${session}: 따로 정한 모드 없음` : `${session}: ${mode}`),
  stopped: (session, { mode, tasks, runs }) =>
    `${session}: ${mode === null ? '켜진 모드 없음' : `${mode} 꺼짐`}; 취소: 작업 ${tasks}개, 실행 ${runs}개`,
  noSession: (folder) => `${folder}에는 알려진 Claude Code 세션이 없습니다.`,
  manySessions: (folder, ids) => `${folder}에 세션이 여럿 있습니다: ${ids}.`,
  within: (asked, session) =>
    `${asked} 대신 ${session}: 세션이 맡긴 작업은 세션보다 많은 권한을 가질 수 없습니다.`,
  hint: () => '--session으로 지정하세요. Claude Code 안에서는 프롬프트 맨 앞에 그 말을 쓰면 됩니다.',
};

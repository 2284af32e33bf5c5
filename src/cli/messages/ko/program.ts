import type { Exit } from '../../exit-codes.ts';
import type { Messages } from '../en/en.ts';

const exitCodes: Readonly<Record<Exit, string>> = {
  ok: '완료',
  failed: '실패',
  usage: '명령줄이나 그 안의 값이 잘못됨',
  daemonUnreachable: '데몬이 실행 중이 아니거나, 시작되지 않거나, 사라짐',
  taskFailed: 'run: 제공자 쪽에서 작업이 실패함',
  notRouted: 'run: 작업이 Claude에 남음',
  problemsFound: 'doctor, config check, rules check, replay, batch: 문제가 발견됨',
  overBudget: 'batch, ask: 예산을 넘는데 아무도 허락하지 않음',
  otherVersion: 'worker: 팀이 다른 버전의 프로토콜을 써서 한쪽을 업데이트해야 함',
  interrupted: 'Ctrl-C로 중단됨',
};

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '사용법:',
  'Arguments:': '인자:',
  'Options:': '옵션:',
  'Global Options:': '공통 옵션:',
  'Commands:': '명령:',
};

export const program: Messages['program'] = {
  summary: 'Claude Code가 지휘하고, GPT와 Gemini 등이 예열된 OpenCode 서버를 통해 서브에이전트에 답합니다.',
  title: (heading) => TITLES[heading] ?? heading,
  examplesTitle: '예:',
  exitCodesTitle: '종료 코드:',
  exitCodes,
  moreHelp: '명령별 도움말: omcm help <명령>',
  optionVersion: '버전 출력',
  optionHelp: '도움말 출력',
  optionJson: '텍스트 대신 스크립트용 JSON 값 하나를 출력',
  optionQuiet: '오류 외에는 말하지 않음 (데이터는 출력)',
  optionDebug: '실패하면 스택도 출력 (OMCM_DEBUG=1과 같음)',
  commandHelp: '명령의 도움말 출력',
  optionDirectory: '대상 프로젝트 (기본값: 현재 폴더)',
  optionAgent: 'Claude Code가 부르는 서브에이전트 이름: explore, oh-my-claudecode:architect, …',
  optionMode: '설정 대신 쓸 모드: default, save-tokens, fusion, fusionDefault, shadow',
  optionPermissionMode:
    'Claude Code의 권한 모드: default, plan, acceptEdits, auto, dontAsk, bypassPermissions',
  demoSummary: '실제 Claude Code와 실제 OpenCode로 전 과정을 오프라인에서 보여 줌',
};

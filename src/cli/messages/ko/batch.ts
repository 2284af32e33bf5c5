import type { Messages } from '../en/en.ts';

const rounded = (value: number): number => Math.round(value * 100) / 100;
const didYouMean = (suggestion: string | null): string =>
  suggestion === null ? '' : ` "${suggestion}"을(를) 뜻하셨나요?`;

export const batch: Messages['batch'] = {
  summary: '여러 작업을 한꺼번에 실행: 필요한 것이 끝나고 파일이 비는 대로 시작',
  argumentFile:
    'YAML 또는 JSON: {tasks: [{id, agent, prompt, files, dependsOn, priority, estimate}]}. -는 표준 입력',
  optionGraph: '계획을 표와 Mermaid 그래프로 출력. 아무것도 실행하지 않음',
  optionWorkers: '동시에 실행할 수 있는 개수 (기본값: routing.maxOpencodeWorkers)',
  optionOnFailure: 'continue, stop(더 시작하지 않음), cancel 중 하나. 기본값: continue',
  optionDetach: 'Ctrl-C를 눌러도 실행을 취소하지 않고 그대로 둠',
  optionBudget: '토큰을 이만큼 쓰면 더 시작하지 않음',
  optionWorktrees: 'auto, always, never 중 하나: 쓰는 작업마다 git worktree를 따로 둘지. 기본값: 설정대로',
  exampleRun: '토큰이 남아 있는 동안 파일의 모든 작업',
  exampleGraph: '작업이 시작될 순서와 그래프',
  exampleJson: '동시에 여덟 개일 때, 스크립트용',
  columns: ['시작', '끝', '작업', '에이전트', '먼저 끝나야 할 작업'],
  forecast: (count, workers, { makespan, lowerBound }) =>
    `작업 ${count}개, 동시에 최대 ${workers}개: 예상치로 ~${rounded(makespan)}. 어떤 순서로도 ~${rounded(lowerBound)}보다 짧을 수 없습니다.`,
  noFile: () => '그런 파일이 없습니다.',
  invalid: (at, expected, received) =>
    `${at === '' ? '' : `${at}: `}필요한 값은 ${expected}, 실제 값은 ${received}입니다.`,
  unknownKey: (at, suggestion) => `${at}은(는) 알 수 없는 키입니다.${didYouMean(suggestion)}`,
  duplicateId: (id) => `id가 "${id}"인 작업이 둘 이상입니다.`,
  unknownDependency: (id, dependency, suggestion) =>
    `"${id}"이(가) 의존하는 "${dependency}"이(가) 없습니다.${didYouMean(suggestion)}`,
  cycle: (chain) => `서로를 기다립니다: ${chain}.`,
};

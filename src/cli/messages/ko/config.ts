import type { ConfigSource } from '../../../adapters/files/load-config.ts';
import type { ConfigProblem, ConfigProblemCode } from '../../../core/config/config-problem.ts';
import type { Messages } from '../en/en.ts';

const KINDS: Readonly<Record<ConfigSource['kind'], string>> = {
  seed: 'Claude Code 폴더',
  user: '사용자',
  project: '프로젝트',
  environment: '환경 변수',
  flags: '플래그',
};

const STATES: Readonly<Record<ConfigSource['state'], string>> = {
  used: '사용',
  missing: '없음',
  unusable: '쓸 수 없음',
};

const PROBLEMS: Readonly<Record<ConfigProblemCode, (problem: ConfigProblem) => string>> = {
  'unknown-key': ({ source, keyPath }) => `${source}: ${keyPath} 설정은 없으므로 무시합니다.`,
  'invalid-value': ({ source, keyPath, received }) =>
    `${source}: ${keyPath === '' ? '설정 전체' : keyPath}의 값 ${received}은(는) 쓸 수 없어 무시합니다.`,
  contradiction: ({ source, keyPath, received, expected }) =>
    keyPath === ''
      ? `${source}: 읽지 않습니다 (${received}).`
      : `${source}: ${keyPath}의 값 ${received}이(가) ${expected}과(와) 모순됩니다.`,
  'not-allowed-in-project': ({ source, keyPath }) =>
    `${source}: ${keyPath}은(는) 프로젝트가 정할 수 없어 무시합니다. 자신의 설정 파일에 쓰세요.`,
  syntax: ({ source, position, received, expected }) =>
    `${source}${position === undefined ? '' : `:${position.line}:${position.column}`}: 올바른 ${expected === 'YAML' ? 'YAML' : 'JSON'}이 아니어서 파일을 무시합니다 (${received}).`,
  unreadable: ({ source }) => `${source}: 읽을 수 없어 설정을 무시합니다.`,
};

export const config: Messages['config'] = {
  summary: '설정을 읽고 바꾸고 검사',
  getSummary: '설정 하나 또는 전체를 출력',
  setSummary: '설정 하나를 변경 (파일의 주석은 그대로 둠)',
  pathSummary: '설정이 오는 곳을 나열 (뒤에 오는 것이 우선)',
  checkSummary: '설정의 문제를 모두 나열',
  argumentKey: '설정 이름: mode, routing.enabled, targets.flash, …',
  argumentValue: '값. 목록은 쉼표로 구분',
  optionProject: '자신의 파일 대신 프로젝트의 파일을 변경',
  exampleGet: '설정 하나',
  exampleSet: 'planner를 뺀 모든 서브에이전트를 라우팅',
  exampleList: '목록',
  exampleCheck: '스크립트용: 문제가 있으면 6으로 종료',
  unset: (key) => `${key}에는 값이 없습니다.`,
  written: (key, value, file) => `${key} = ${value} (${file})`,
  outvoted: (key, value) =>
    `그러나 ${key}의 값은 여전히 ${value}입니다: 뒤에 오는 곳이 우선합니다. \`omcm config path\`를 보세요.`,
  kind: (kind) => KINDS[kind],
  state: (state) => STATES[state],
  columns: ['단계', '위치', '상태'],
  noProblems: () => '설정에 문제가 없습니다.',
  problems: (count) => `문제 ${count}개`,
  problem: (problem) => PROBLEMS[problem.code](problem),
  wholeFile: () => '파일 전체',
  expected: (text) => `필요한 값: ${text}`,
  received: (text) => `받은 값: ${text}`,
  suggestion: (text) => `혹시: ${text}`,
  invalid: (key, { expected, received, suggestion }) =>
    `${key}의 값은 ${expected}여야 하는데 ${received}입니다.${suggestion === undefined ? '' : ` 혹시 ${suggestion}인가요?`}`,
};

import type { Messages } from '../en/en.ts';

const didYouMean = (suggestions: readonly string[]): string =>
  suggestions.length === 0 ? '' : ` 혹시 ${suggestions.join(' 또는 ')}인가요?`;

export const usage: Messages['usage'] = {
  unknownCommand: (name, suggestions) => `"${name}" 명령은 없습니다.${didYouMean(suggestions)}`,
  unknownOption: (name, suggestions) => `${name} 옵션은 없습니다.${didYouMean(suggestions)}`,
  unknownKey: (key, suggestions) => `"${key}" 설정은 없습니다.${didYouMean(suggestions)}`,
  missingArgument: (name) => `<${name}> 인자가 빠졌습니다.`,
  missingOption: (flags) => `${flags} 옵션이 빠졌습니다.`,
  missingValue: (flags) => `${flags} 옵션에는 값이 필요합니다.`,
  tooManyArguments: () => '이 명령이 받는 것보다 인자가 많습니다.',
  invalidChoice: (flags, value, choices) => `${flags}: "${value}"는 ${choices} 가운데 하나가 아닙니다.`,
  invalidPercent: (flags, value) => `${flags}: "${value}"는 0에서 100 사이의 백분율이 아닙니다.`,
  invalidCount: (flags, value) => `${flags}: "${value}"는 1 이상의 정수가 아닙니다.`,
  invalidSince: (flags, value) => `${flags}: "${value}"은(는) 날짜도, 36h나 7d 같은 기간도 아닙니다.`,
  invalidTimeOfDay: (flags, value) => `${flags}: "${value}"은(는) 23:30 같은 시각이 아닙니다.`,
  missingSubcommand: () => '위 명령 가운데 하나가 필요합니다.',
  other: (message) => `명령줄이 잘못되었습니다: ${message}`,
  seeHelp: (command) => `\`${command} --help\`를 보세요.`,
  noFolder: (path) => `${path} 폴더가 없습니다.`,
  noWorkingFolder: () => '현재 폴더가 더 이상 없습니다.',
};

// One short line for a person whose project brings files that OpenCode would run.
import type { Locale } from '../config/pick-locale.ts';

export type Untrusted = { readonly directory: string; readonly files: readonly string[] };

const MOST_FILES = 3;

export function describeUntrusted({ directory, files }: Untrusted, locale: Locale): string {
  const some = files.slice(0, MOST_FILES).join(', ');
  const named = files.length > MOST_FILES ? `${some}, …` : some;
  return locale === 'ko'
    ? `OMCM: 이 프로젝트에는 OpenCode가 실행할 파일이 있습니다(${named}). 읽어 보고 믿을 수 있으면 \`omcm trust "${directory}"\`를 실행하세요. 그때까지 서브에이전트는 Claude가 맡습니다.`
    : `OMCM: this project brings files that OpenCode would run or obey (${named}). Look at them; \`omcm trust "${directory}"\` lets subagents leave Claude here.`;
}

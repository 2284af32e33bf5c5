// One short question for a person whose subagent another vendor's model could answer with Claude Code's own tools.
import type { Locale } from '../config/pick-locale.ts';

export type ConsentQuestion = {
  readonly agent: string;
  /** By OpenCode's name. */
  readonly provider: string;
};

export function describeConsent({ agent, provider }: ConsentQuestion, locale: Locale): string {
  return locale === 'ko'
    ? `OMCM: ${provider}의 모델이 Claude Code의 도구와 권한으로 ${agent}를 맡을 수 있습니다. 그러면 그 서브에이전트의 대화가(프로젝트 지침과 도구 결과 포함) ${provider}로 갑니다. \`omcm consent ${provider}\`로 이 프로젝트에서 허용하거나 \`omcm consent ${provider} --never\`로 거절하세요.`
    : `OMCM: a model of ${provider} could answer ${agent} with Claude Code's own tools and permissions. That subagent's conversation, project instructions and tool results among it, would go to ${provider}. \`omcm consent ${provider}\` allows it in this project, \`omcm consent ${provider} --never\` refuses.`;
}

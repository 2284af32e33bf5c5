import type { Messages } from '../en/en.ts';

export const consent: Messages['consent'] = {
  summary: '제공자의 모델이 Claude Code의 도구로 서브에이전트를 맡는 것을 프로젝트별로 허용하거나 거절',
  argumentProvider: 'openai, gemini 또는 OpenCode가 부르는 이름. 이것도 옵션도 없으면 목록',
  optionNever: '거절. 제공자가 없으면 모든 제공자',
  optionRemove: '말한 것을 되돌림. 제공자가 없으면 이 프로젝트에 대해 말한 것 전부',
  optionEverywhere: '모든 프로젝트에. 프로젝트에 따로 말한 것이 있으면 그것이 우선',
  exampleYes: '이 프로젝트의 서브에이전트 대화가 OpenAI로 가도 됨',
  exampleNever: '이 프로젝트의 대화는 이 방식으로 어디에도 가지 않음',
  exampleList: '지금까지 말한 것, 스크립트용',
  allowed: (provider, where) =>
    `${provider}: 서브에이전트를 맡을 수 있습니다. 그 대화가 프로젝트 지침, 도구 결과와 함께 그곳으로 갑니다 (${where}).`,
  refused: (provider, where) => `${provider}: Claude Code의 도구로 서브에이전트를 맡지 않습니다 (${where}).`,
  anybody: () => '모든 제공자',
  everywhere: () => '모든 프로젝트',
  removed: (provider) => `${provider}에 대해 말한 것을 되돌렸습니다.`,
  none: () => '아직 아무 제공자도 정하지 않았습니다. `omcm consent PROVIDER`로 이 프로젝트에서 허용합니다.',
  nothingSaid: (folder) =>
    folder === null
      ? '모든 프로젝트에 대해 말한 것이 없습니다.'
      : `${folder}에 대해 그런 말을 한 적이 없습니다.`,
  notForClaude: () => 'Claude에는 동의가 필요 없습니다. 원래 서브에이전트를 맡는 쪽입니다.',
  engine: (engine, why) => `엔진: ${engine} (${describeWhy(why)})`,
};

const WHY: Readonly<Record<string, string>> = {
  configured: '설정됨',
  writes: '파일을 쓰며, 권한은 Claude Code가 묻습니다',
  reads: '읽기만 하며, OpenCode의 프롬프트가 더 짧습니다',
  cheaper: '측정 결과 더 저렴합니다',
  trial: '읽는 역할의 비용을 이 호출로 측정합니다',
  'no-mod': '우리 모드가 묻지 않았습니다',
  'requests-unseen': '여기서는 Claude Code가 모델 요청을 플러그인에 보여 주지 않습니다',
};

const OF_VENDOR: readonly (readonly [string, (vendor: string) => string])[] = [
  ['no-consent-', (vendor) => `native-tools를 쓰려면 \`omcm consent ${vendor}\`가 필요합니다`],
  ['no-key-', (vendor) => `OpenCode에 직접 쓸 수 있는 ${vendor} 키가 없습니다`],
  ['refused-', (vendor) => `여기서 ${vendor}를 거절했습니다`],
];

function describeWhy(why: string): string {
  const found = OF_VENDOR.find(([beginning]) => why.startsWith(beginning));
  if (found !== undefined) return found[1](why.slice(found[0].length));
  return WHY[why] ?? why;
}

import type { Messages } from '../en/en.ts';

const SHOWN = 20;

export const ask: Messages['ask'] = {
  summary: '여러 모델에 같은 것을 한꺼번에 묻고 답을 나란히 출력',
  optionModels:
    '쉼표로 구분: provider/model, 모델 이름, 또는 제공자 (기본값: 연결된 제공자마다 평소 쓰는 모델 하나)',
  exampleAll: '연결된 제공자마다 모델 하나. 프로젝트를 읽을 수 있음',
  exampleModels: '긴 글에 대해 두 모델에',
  exampleJson: '스크립트용',
  asking: (models) => `${models}에 묻는 중 …`,
  notAsked: (reason) => `묻지 않았습니다 (${reason}).`,
  failed: (sentence) => `답 없음: ${sentence}`,
  unknownModels: (names) => `OpenCode에 연결된 모델이 아닙니다: ${names}.`,
  noModels: () => '설정에 적힌 모델 가운데 OpenCode에 연결된 것이 없습니다.',
  connected: (models) => {
    if (models.length === 0) return '연결된 제공자가 없습니다. `opencode auth login`으로 연결하세요.';
    const more = models.length > SHOWN ? ` 외 ${models.length - SHOWN}개` : '';
    return `연결된 모델: ${models.slice(0, SHOWN).join(', ')}${more}.`;
  },
};

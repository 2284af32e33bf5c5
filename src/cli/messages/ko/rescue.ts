import type { Messages } from '../en/en.ts';

export const rescue: Messages['rescue'] = {
  summary: '한도가 다 된 세션에서 다른 모델이 Claude 대신 답하게 하기',
  statusSummary: '설정과, 다른 모델이 답하는 세션을 언제부터 언제까지인지와 함께 표시',
  onSummary: '한도가 초기화될 때까지 다른 모델이 이 세션을 이어 감',
  offSummary: '한도가 초기화될 때까지 이 세션에서는 아무도 Claude 대신 답하지 않음',
  exampleStatus: '스크립트용',
  exampleOn: '이 폴더의 유일한 세션에 허용; 세션 안에서는 rescue on 입력',
  exampleOff: '전체 설정과 상관없이 한 세션에서 끝냄',
  set: {
    off: 'Claude 한도가 다 되어도 저절로 일어나는 일은 없습니다 (rescue: off).',
    ask: 'Claude 한도가 다 되면 다른 모델이 이어 갈지 세션에서 묻습니다 (rescue: ask).',
    auto: 'Claude 한도가 다 되면 다른 모델이 표시와 함께 저절로 이어 갑니다 (rescue: auto).',
  },
  none: () => '다른 모델이 이어 가는 세션이 없습니다.',
  states: {
    offered: (model, since) =>
      `${since}부터 ${model}이(가) Claude 대신 답할 수 있습니다. 허용: \`omcm rescue on\``,
    allowed: (model, since) => `${model}이(가) Claude 대신 답해도 됩니다 (${since})`,
    answering: (model, since) => `${since}부터 ${model}이(가) Claude 대신 답합니다`,
    refused: (_, since) => `아무도 Claude 대신 답하지 않습니다 (${since})`,
  },
  another: () => '다른 모델',
  until: (time) => `, ${time}까지`,
};

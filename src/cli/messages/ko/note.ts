import type { Messages } from '../en/en.ts';

export const note: Messages['note'] = {
  summary: '이 프로젝트의 결정을 기억: 모든 핸드오프에 들어감',
  argumentText: '기억할 내용. 없으면 메모를 나열',
  exampleAdd: '기억하기',
  exampleList: '여기서 기억된 것',
  written: () => '메모했습니다.',
  none: () => '이 프로젝트에는 메모가 없습니다.',
};

import type { Messages } from '../en/en.ts';

export const dashboard: Messages['dashboard'] = {
  summary: '지금 일어나는 일을 실시간으로 보여 주는 페이지를 이 기기에서 열기',
  optionNoOpen: '주소만 출력',
  optionPort: '127.0.0.1의 포트; 생략하면 비어 있는 포트',
  examplePlain: '브라우저에서 열기',
  exampleNoOpen: '다른 브라우저용; 주소는 2분 안에 한 번만 쓸 수 있음',
  examplePort: '포워딩하는 포트에서 열기',
  opened: () => '이 주소로 브라우저 하나가 2분 안에 한 번 들어올 수 있습니다:',
  invalidPort: (text) => `"${text}"은(는) 1에서 65535 사이의 포트가 아닙니다.`,
  portTaken: (port) => `포트 ${port}은(는) 이미 사용 중입니다.`,
  portTakenHint: () => '다른 포트를 지정하거나 --port를 생략하세요.',
};

export const top: Messages['top'] = {
  summary: '지금 일어나는 일을 터미널에서 실시간으로 보기: 작업, 결정, 사용량, 서버, 문제',
  optionOnce: '한 번만 표시하고 끝내기',
  exampleLive: 'q를 누를 때까지',
  exampleOnce: '한 번 보기',
  exampleJson: '변경마다 JSON 한 줄, 스크립트용',
};

import type { Messages } from '../en/en.ts';

export const rules: Messages['rules'] = {
  summary: '사용자 규칙: 목록, 검사, 어느 규칙이 호출에 적용되는지',
  listSummary: '규칙을 묻는 순서대로 나열',
  checkSummary: '규칙의 잘못과 의심스러운 점을 나열',
  testSummary: '어느 규칙이 호출에 적용되고 다른 규칙은 무엇이 맞지 않는지 알려 줌',
  exampleList: '모든 규칙을 우선순위대로',
  exampleCheck: '스크립트용: 잘못된 규칙이 있으면 6으로 종료',
  exampleTest: '한도의 92 %를 썼을 때 적용되는 규칙',
  exampleTime: '밤 11시 반에 적용되는 규칙',
  optionTime: '지금이 이 시각이라고 가정',
  columns: ['우선순위', '규칙', '동작', '조건', '출처', '설명'],
  testColumns: ['우선순위', '규칙', '동작', '이 호출'],
  origin: (project) => (project ? '프로젝트' : '사용자'),
  always: () => '항상',
  off: () => '꺼짐',
  none: () => '규칙이 없습니다. docs/rules.md를 보세요.',
  speaks: () => '◄ 적용',
  fitsToo: () => '맞지만 묻지 않음',
  fails: (conditions) => `맞지 않음: ${conditions}`,
  doubt: (doubt) => {
    switch (doubt.code) {
      case 'same-id':
        return `${doubt.rule}: 같은 id의 규칙이 둘이라 이유와 로그에서 구별할 수 없습니다.`;
      case 'never-asked':
        return `${doubt.rule}: 앞에 오는 ${doubt.by} 규칙이 모든 호출에 맞으므로 물을 일이 없습니다.`;
      case 'unknown-agent':
        return `${doubt.rule}: "${doubt.agent}"(이)라는 에이전트는 없습니다.${doubt.suggestion === undefined ? '' : ` 혹시 ${doubt.suggestion}인가요?`}`;
    }
  },
  checked: (count, problems, doubts) => `규칙 ${count}개 적용 중, 잘못 ${problems}개, 의심 ${doubts}개`,
};

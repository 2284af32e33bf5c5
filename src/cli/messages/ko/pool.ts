import type { Messages } from '../en/en.ts';

export const pool: Messages['pool'] = {
  summary: '미리 띄워 둔 OpenCode 서버: 보기, 수 조정, 교체',
  statusSummary: '서버별 부하, 메모리, 나이 표시',
  scaleSummary: '다른 수를 요청할 때까지 이만큼 유지',
  recycleSummary: '작업이 끝나는 대로 서버 하나 또는 전부를 교체',
  argumentServers: '서버 수',
  argumentPort: '서버의 포트; 생략하면 전부',
  optionWatch: 'Ctrl-C까지 매초 다시 표시',
  exampleStatus: '스크립트용',
  exampleScale: '지금부터 서버 세 개',
  exampleRecycle: '포트 4097의 서버 교체',
  empty: () => '아직 서버가 없습니다. 첫 작업과 함께 시작됩니다',
  load: (running, capacity, waiting) => `작업 ${running}/${capacity} 진행 중, ${waiting} 대기 중`,
  bounds: (min, max, sessions) => `이 기기의 서버: ${min}~${max}개, 각각 작업 ${sessions}개까지`,
  columns: ['포트 또는 주소', '프로세스', '상태', '진행', '완료', '메모리', '나이', '마지막 오류'],
  invalidServers: (text) => `"${text}"은(는) 0에서 64 사이의 서버 수가 아닙니다.`,
  invalidPort: (text) => `"${text}"은(는) 포트가 아닙니다.`,
};

import type { Messages } from '../en/en.ts';

export const metrics: Messages['metrics'] = {
  summary: 'Prometheus에 알리는 데몬의 지표',
  optionOut: 'node_exporter의 textfile collector를 위해 이 파일에 통째로 쓰기',
  examplePlain: '텍스트로',
  exampleOut: 'cron에서',
  exampleJson: '스크립트용',
  noDaemon: () => '데몬이 실행 중이 아닙니다. 알릴 것은 그것뿐입니다.',
  notWritten: (file, why) => `${file}에 쓸 수 없습니다: ${why}`,
};

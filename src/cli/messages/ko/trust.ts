import type { Messages } from '../en/en.ts';

export const trust: Messages['trust'] = {
  summary: 'OpenCode가 실행할 파일이 있는 프로젝트에서도 서브에이전트를 보내도록 허용',
  argumentFolder: '프로젝트 (기본값: 현재 폴더). 그 아래도 신뢰합니다',
  optionList: '신뢰하는 폴더를 나열',
  optionRemove: '이 폴더와 그 아래를 더는 신뢰하지 않음',
  exampleHere: 'opencode.json, .opencode/, .omcm/을 읽어 본 뒤 이 프로젝트를 신뢰',
  added: (folder) => `${folder} 폴더를 신뢰합니다. OpenCode가 그곳의 파일을 실행할 수 있습니다.`,
  removed: (folder) => `${folder} 폴더를 더는 신뢰하지 않습니다.`,
  wasNot: (folder) => `${folder} 폴더와 그 아래는 신뢰하고 있지 않았습니다.`,
  none: () => '신뢰하는 폴더가 없습니다. OpenCode나 OMCM의 파일이 없는 프로젝트는 신뢰가 필요 없습니다.',
};

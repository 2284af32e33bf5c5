import type { Messages } from '../en/en.ts';

export const hud: Messages['hud'] = {
  summary: '상태 줄: 제공자별 토큰, 모드, Claude 사용 창, 작업, 절약',
  optionWrap: '다른 도구의 상태 줄. 그 출력이 위에 표시됨',
  examplePlain: '세션 없이 상태 줄만',
  exampleWrap: '쓰던 상태 줄과 함께',
  examplePreset: '시드의 줄: 토큰만',
};

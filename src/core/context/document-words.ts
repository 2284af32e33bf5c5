/** The words of the hand-over document. A reader knows both languages: they are how it finds the parts again. */
import type { Locale } from '../config/pick-locale.ts';
import type { ContextMeta } from './work-context.ts';

export type DocumentWords = {
  readonly title: string;
  readonly from: Readonly<Record<ContextMeta['from'], string>>;
  readonly builtAt: string;
  readonly session: string;
  readonly columns: readonly [string, string];
  readonly rows: {
    readonly project: string;
    readonly branch: string;
    readonly sessionId: string;
    readonly usage: string;
    readonly buildMs: string;
  };
  readonly fiveHour: string;
  readonly weekly: string;
  readonly sections: Readonly<Record<Section, string>>;
};

export const SECTIONS = [
  'task',
  'goals',
  'constraints',
  'openTodos',
  'decisions',
  'changed',
  'delegated',
  'referenced',
  'completed',
  'summary',
] as const;

export type Section = (typeof SECTIONS)[number];

export const DOCUMENT_WORDS: Readonly<Record<Locale, DocumentWords>> = {
  ko: {
    title: '작업 핸드오프 컨텍스트',
    from: {
      'claude-code': 'Claude Code에서 OpenCode로 전환됨',
      opencode: 'OpenCode에서 Claude Code로 전환됨',
    },
    builtAt: '생성 시간',
    session: '세션 정보',
    columns: ['항목', '값'],
    rows: {
      project: '프로젝트 경로',
      branch: '브랜치',
      sessionId: '세션 ID',
      usage: '사용량',
      buildMs: '빌드 시간',
    },
    fiveHour: '5시간',
    weekly: '주간',
    sections: {
      task: '현재 작업',
      goals: '목표',
      constraints: '제약사항',
      openTodos: '미완료 TODO',
      decisions: '결정사항',
      changed: '최근 수정 파일',
      delegated: '위임된 작업',
      referenced: '참조 파일',
      completed: '완료한 TODO',
      summary: '이전 대화 요약',
    },
  },
  en: {
    title: 'Work hand-over context',
    from: {
      'claude-code': 'Handed over from Claude Code to OpenCode',
      opencode: 'Handed over from OpenCode to Claude Code',
    },
    builtAt: 'Built at',
    session: 'Session',
    columns: ['Item', 'Value'],
    rows: {
      project: 'Project path',
      branch: 'Branch',
      sessionId: 'Session ID',
      usage: 'Usage',
      buildMs: 'Build time',
    },
    fiveHour: '5 hours',
    weekly: 'weekly',
    sections: {
      task: 'Current task',
      goals: 'Goals',
      constraints: 'Constraints',
      openTodos: 'Open TODOs',
      decisions: 'Decisions',
      changed: 'Recently changed files',
      delegated: 'Delegated work',
      referenced: 'Referenced files',
      completed: 'Completed TODOs',
      summary: 'Summary of the conversation before',
    },
  },
};

/** The hand-over document: the seed's headings and its table, in Korean or English. */
import type { Locale } from '../config/pick-locale.ts';
import { writeCell, writeLines, writeTime } from './document-text.ts';
import { DOCUMENT_WORDS, type DocumentWords, type Section } from './document-words.ts';
import type { Decision, DelegatedWork, WorkContext } from './work-context.ts';

export type DocumentStyle = {
  readonly locale: Locale;
  /** How far the reader's clock is ahead of UTC. */
  readonly offsetMinutes: number;
};

/** Markdown that a person can edit; `parseDocument` reads it back. */
export function renderDocument(context: WorkContext, { locale, offsetMinutes }: DocumentStyle): string {
  const words = DOCUMENT_WORDS[locale];
  const { meta, task, todos, files } = context;
  const section = (name: Section, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `## ${words.sections[name]}`, ...lines];
  const lines = [
    `# ${words.title}`,
    '',
    `> ${words.from[meta.from]}`,
    `> ${words.builtAt}: ${writeTime(meta.builtAt, offsetMinutes)}`,
    '',
    `## ${words.session}`,
    ...tableOf(context, words),
    ...section('task', task.description === '' ? [] : writeLines(task.description)),
    ...section('goals', itemsOf(task.goals)),
    ...section('constraints', itemsOf(task.constraints)),
    ...section('openTodos', [
      ...todos.inProgress.map((todo) => `- [~] ${todo}`),
      ...todos.pending.map((todo) => `- [ ] ${todo}`),
    ]),
    ...section('decisions', context.decisions.map(decisionLine)),
    ...section('changed', files.changed.flatMap(writeLines)),
    ...section('delegated', context.delegated.flatMap(delegatedLines)),
    ...section('referenced', files.referenced.flatMap(writeLines)),
    ...section(
      'completed',
      todos.completed.map((todo) => `- [x] ${todo}`),
    ),
    ...section('summary', task.summary === '' ? [] : writeLines(task.summary)),
  ];
  return `${lines.join('\n')}\n`;
}

function tableOf({ meta }: WorkContext, words: DocumentWords): readonly string[] {
  const { rows } = words;
  const table = [
    [rows.project, meta.project === null ? null : `\`${writeCell(meta.project)}\``],
    [rows.branch, meta.branch === null ? null : `\`${writeCell(meta.branch)}\``],
    [rows.sessionId, meta.sessionId === null ? null : `\`${writeCell(meta.sessionId)}\``],
    [rows.usage, usageOf(meta.usage, words)],
    [rows.buildMs, `${meta.buildMs} ms`],
  ] as const;
  return [
    `| ${words.columns[0]} | ${words.columns[1]} |`,
    '|------|-----|',
    ...table.flatMap(([row, value]) => (value === null ? [] : [`| ${row} | ${value} |`])),
  ];
}

function usageOf(
  { fiveHour, weekly }: WorkContext['meta']['usage'],
  words: Pick<DocumentWords, 'fiveHour' | 'weekly'>,
): string | null {
  const parts = [
    ...(fiveHour === null ? [] : [`${words.fiveHour}: ${fiveHour}%`]),
    ...(weekly === null ? [] : [`${words.weekly}: ${weekly}%`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function itemsOf(items: readonly string[]): readonly string[] {
  return items.map((item) => `- ${item}`);
}

function decisionLine({ text, source, by }: Decision): string {
  return `- ${text} [${by === null ? source : `${source}: ${by}`}]`;
}

function delegatedLines({ agent, said, files }: DelegatedWork): readonly string[] {
  return [`- **${agent}** ${said}`.trimEnd(), ...files.map((file) => `  - ${file}`)];
}

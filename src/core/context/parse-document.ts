/** Reads the hand-over document back, whoever has edited it in between: what is not understood is passed over. */
import { readCell, readLines } from './document-text.ts';
import { DOCUMENT_WORDS, type DocumentWords, SECTIONS, type Section } from './document-words.ts';
import {
  DECISION_SOURCES,
  type Decision,
  type DelegatedWork,
  type TodoLists,
  type WorkContext,
} from './work-context.ts';

/** `null`: it is no such document. */
export function parseDocument(text: string): WorkContext | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const words = Object.values(DOCUMENT_WORDS).find(({ title }) => lines[0]?.trimEnd() === `# ${title}`);
  if (words === undefined) return null;
  const parts = splitParts(lines, words);
  const body = (section: Section): readonly string[] =>
    withoutBlankEnd(parts.get(words.sections[section]) ?? []);
  const open = body('openTodos');
  return {
    task: {
      description: readLines(body('task')),
      goals: marked(body('goals'), '- '),
      constraints: marked(body('constraints'), '- '),
      summary: readLines(body('summary')),
    },
    files: { changed: pathsIn(body('changed')), referenced: pathsIn(body('referenced')) },
    todos: todosIn(open, body('completed')),
    decisions: marked(body('decisions'), '- ').map(readDecision),
    delegated: readDelegated(body('delegated')),
    meta: readMeta(parts, words),
  };
}

/** Lines by the heading that they stand under; those before the first one under an empty name. */
function splitParts(lines: readonly string[], words: DocumentWords): ReadonlyMap<string, readonly string[]> {
  const known = new Set([words.session, ...SECTIONS.map((section) => words.sections[section])]);
  const parts = new Map<string, string[]>([['', []]]);
  let current = '';
  for (const line of lines.slice(1)) {
    const heading = line.startsWith('## ') ? line.slice(3).trim() : null;
    if (heading !== null && known.has(heading)) {
      current = heading;
      parts.set(current, parts.get(current) ?? []);
    } else parts.get(current)?.push(line);
  }
  return parts;
}

function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, last + 1);
}

function marked(lines: readonly string[], mark: string): readonly string[] {
  return lines.flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
}

function pathsIn(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line !== '').map((line) => readLines([line]));
}

function todosIn(open: readonly string[], completed: readonly string[]): TodoLists {
  return {
    inProgress: marked(open, '- [~] '),
    pending: marked(open, '- [ ] '),
    completed: [...marked(open, '- [x] '), ...marked(completed, '- [x] ')],
  };
}

function readDecision(item: string): Decision {
  const [, text = item, source = '', by = null] = /^(.*) \[(\w+)(?:: ([^\]]+))?\]$/.exec(item) ?? [];
  const known = DECISION_SOURCES.find((name) => name === source);
  return known === undefined ? { text: item, source: 'session', by: null } : { text, source: known, by };
}

function readDelegated(lines: readonly string[]): readonly DelegatedWork[] {
  const works: DelegatedWork[] = [];
  for (const line of lines) {
    const [, agent, said = ''] = /^- \*\*([^*]+)\*\*(?: (.*))?$/.exec(line) ?? [];
    const last = works.at(-1);
    if (agent !== undefined) works.push({ agent, said, files: [] });
    else if (last !== undefined && line.startsWith('  - '))
      works[works.length - 1] = { ...last, files: [...last.files, line.slice(4)] };
  }
  return works;
}

function readMeta(parts: ReadonlyMap<string, readonly string[]>, words: DocumentWords): WorkContext['meta'] {
  const head = parts.get('') ?? [];
  const cells = new Map(
    (parts.get(words.session) ?? []).flatMap((line) => {
      const [, row, value] = /^\| ([^|]*) \| ([^|]*) \|$/.exec(line) ?? [];
      return row === undefined || value === undefined ? [] : [[row, value] as const];
    }),
  );
  const quoted = (row: string): string | null => {
    const cell = cells.get(row);
    return cell === undefined ? null : readCell(cell.replace(/^`([\s\S]*)`$/, '$1'));
  };
  const usage = cells.get(words.rows.usage) ?? '';
  const time = head.find((line) => line.startsWith(`> ${words.builtAt}: `))?.slice(words.builtAt.length + 4);
  const builtAt = Date.parse(time ?? '');
  return {
    from: head.includes(`> ${words.from.opencode}`) ? 'opencode' : 'claude-code',
    sessionId: quoted(words.rows.sessionId),
    project: quoted(words.rows.project),
    branch: quoted(words.rows.branch),
    usage: { fiveHour: percentAfter(usage, words.fiveHour), weekly: percentAfter(usage, words.weekly) },
    builtAt: Number.isNaN(builtAt) ? 0 : builtAt,
    buildMs: Number.parseInt(cells.get(words.rows.buildMs) ?? '0', 10) || 0,
  };
}

function percentAfter(usage: string, label: string): number | null {
  const part = usage.split(', ').find((one) => one.startsWith(`${label}: `));
  const percent = Number.parseFloat(part?.slice(label.length + 2) ?? '');
  return Number.isNaN(percent) ? null : percent;
}

/** One frame of `omcm top`: no line wider than the terminal, and no more lines than it has. */
import { cutToWidth, displayWidth } from '../../core/hud/display-width.ts';
import { shortCount } from '../../core/hud/render-hud.ts';
import { describeRescues } from '../../core/live/describe-rescues.ts';
import { describeSpan } from '../../core/live/describe-time.ts';
import { type FoundLive, findLive, findWorkers } from '../../core/live/find-live.ts';
import type { LiveQuota, LiveServer, LiveState, LiveTask, LiveWindow } from '../../core/live/live-state.ts';
import { fill, type LiveWords } from '../../core/live/live-words.ts';
import type { Colours } from '../colours.ts';
import { printableText } from '../printable-text.ts';
import { renderColumns } from './render-columns.ts';
import { chosenTask, type TopView } from './top-view.ts';

export type TopFrame = {
  readonly columns: number;
  /** `null`: as many as it takes. */
  readonly rows: number | null;
  readonly colours: Colours;
  readonly words: LiveWords;
  readonly now: number;
};

type Block = { readonly title: string; readonly lines: readonly string[] };

const BAR_CELLS = 10;
/** Of tasks, decisions, servers and problems, where the terminal has room for as many. */
const MOST = { tasks: 12, stream: 6, decisions: 10, servers: 6, workers: 8, problems: 5 };

export function renderTop(state: LiveState, view: TopView, frame: TopFrame): readonly string[] {
  const found = findLive(state, view.query);
  const head = [summary(state, frame), ...quotaLines(state.levels.quota, frame), ...warnings(state, frame)];
  const blocks = [
    tasksBlock(state, view, { found, frame }),
    streamBlock(chosenTask(state, view), frame),
    decisionsBlock(found, frame),
    serversBlock(found.servers, state, frame),
    teamBlock(state, view, frame),
    problemsBlock(found, frame),
  ].filter(({ lines }) => lines.length > 0);
  const foot = footer(state, view, frame);
  const room = frame.rows === null ? null : frame.rows - head.length - foot.length;
  const lines = [...head, ...fitBlocks(blocks, room, frame), ...foot];
  const shown = frame.rows === null ? lines : lines.slice(0, frame.rows);
  return shown.map((line) => cutPainted(line, frame.columns));
}

function summary({ tasks, levels }: LiveState, { words, colours }: TopFrame): string {
  const { overview } = words;
  const { daemon, pool } = levels;
  const running = tasks.filter(({ state }) => state === 'running').length;
  const parts = [
    `${overview.mode} ${colours.cyan(daemon?.mode ?? '–')}`,
    `${running} ${overview.running}`,
    `${pool?.waiting ?? 0} ${overview.waiting}`,
    `${daemon?.calls ?? 0} ${overview.calls}`,
    `${daemon?.routed ?? 0} ${overview.routed}`,
    `${daemon?.failed ?? 0} ${overview.failed}`,
  ];
  return `${colours.bold('OMCM')}  ${parts.join(' · ')}`;
}

function quotaLines(quota: LiveQuota | null, frame: TopFrame): readonly string[] {
  if (quota === null) return [];
  if (quota.windows.length === 0) return [frame.colours.dim(frame.words.quota.none)];
  return quota.windows.map((window) => quotaLine(window, quota, frame));
}

function quotaLine(window: LiveWindow, { threshold, warnAt }: LiveQuota, frame: TopFrame): string {
  const { words, colours, now } = frame;
  const { percent, resetsAt, percentAtReset } = window;
  const filled = Math.min(BAR_CELLS, Math.max(0, Math.floor((percent / 100) * BAR_CELLS)));
  const bar = '▓'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
  const paint = percent >= threshold ? colours.red : percent >= warnAt ? colours.yellow : colours.green;
  const facts = [
    fill(words.quota.spent, { percent: Math.floor(percent) }),
    ...(resetsAt === null ? [] : [fill(words.quota.resets, { span: describeSpan(resetsAt - now, words) })]),
    ...(percentAtReset === null ? [] : [fill(words.quota.pace, { percent: percentAtReset })]),
  ];
  return `${words.quota[window.window]} ${paint(bar)} ${facts.join(' · ')}`;
}

function warnings({ levels }: LiveState, { words, colours, now }: TopFrame): readonly string[] {
  const { daemon, quota, pool, team } = levels;
  return [
    ...(daemon?.draining ? [words.overview.draining] : []),
    ...(quota?.fallback ? [fill(words.overview.fallback, { reason: quota.reason ?? '' })] : []),
    ...(team?.kind === 'team' && !team.redisAnswers ? [words.team.redisLost] : []),
    ...(pool?.outage ? [fill(words.overview.outage, { reason: pool.outage })] : []),
    ...describeRescues(levels.rescues, { words, now, clock: minute }).map(printableText),
  ].map(colours.yellow);
}

type Shown = { readonly found: FoundLive; readonly frame: TopFrame };

function tasksBlock(state: LiveState, view: TopView, { found, frame }: Shown): Block {
  const { words, colours, now } = frame;
  const { columns, states, title, none } = words.tasks;
  const chosen = chosenTask(state, view);
  if (found.tasks.length === 0) return { title, lines: [colours.dim(none)] };
  const at = found.tasks.findIndex(({ id }) => id === chosen?.id);
  const from = Math.max(0, at - MOST.tasks + 1);
  const tasks = found.tasks.slice(from, from + MOST.tasks);
  const rows = tasks.map((task) => [
    task === chosen ? '›' : ' ',
    task.agent,
    task.target,
    states[task.state],
    describeSpan((task.endedAt ?? now) - task.startedAt, words),
    task.tokens === null ? '–' : shortCount(task.tokens),
    whereAndWhat(task, words),
  ]);
  const lines = renderColumns([['', ...Object.values(columns)], ...rows].map(printable), frame.columns);
  const hidden = found.tasks.length - tasks.length;
  const more = hidden > 0 ? [colours.dim(fill(words.top.more, { n: hidden }))] : [];
  const [first = '', ...rest] = lines;
  return { title, lines: [colours.dim(first), ...rest.map(paintTask(tasks, chosen, frame)), ...more] };
}

function whereAndWhat({ worker, failure, activity }: LiveTask, { tasks }: LiveWords): string {
  const where = worker === null ? '' : fill(tasks.onWorker, { worker });
  return [where, failure ?? activity].filter(Boolean).join(' · ');
}

const paintTask =
  (tasks: readonly LiveTask[], chosen: LiveTask | null, { colours }: TopFrame) =>
  (line: string, at: number): string => {
    const task = tasks[at];
    const painted = task?.state === 'failed' ? colours.red(line) : line;
    return task === chosen ? colours.bold(painted) : painted;
  };

function streamBlock(task: LiveTask | null, { columns, words }: TopFrame): Block {
  if (task === null || task.text === '') return { title: '', lines: [] };
  const lines = printableText(task.text).trimEnd().split('\n').slice(-MOST.stream);
  const text = lines.map((line) => cutToWidth(line.replaceAll('\t', '  '), columns));
  return { title: fill(words.tasks.stream, { agent: printableText(task.agent) }), lines: text };
}

function decisionsBlock({ decisions }: FoundLive, { words, columns }: TopFrame): Block {
  const { title, decided } = words.decisions;
  const rows = decisions
    .slice(0, MOST.decisions)
    .map((one) => [
      clock(one.at),
      one.agent,
      decided[one.decision],
      one.reason,
      [one.provider, one.model].filter(Boolean).join('/'),
    ]);
  return { title, lines: renderColumns(rows.map(printable), columns) };
}

function serversBlock(servers: readonly LiveServer[], { levels }: LiveState, frame: TopFrame): Block {
  const { words, now, columns } = frame;
  const rows = servers
    .slice(0, MOST.servers)
    .map((server) => [
      server.url ?? String(server.port ?? '–'),
      server.state,
      `${server.tasksRunning}/${levels.pool?.sessionsPerServer ?? 0}`,
      server.rssBytes === null ? '–' : `${Math.round(server.rssBytes / 1_048_576)} MB`,
      server.startedAt === null ? '–' : describeSpan(now - server.startedAt, words),
      server.lastError ?? '',
    ]);
  return { title: words.servers.title, lines: renderColumns(rows.map(printable), columns) };
}

function teamBlock({ levels }: LiveState, { query }: TopView, frame: TopFrame): Block {
  const { words, now, columns, colours } = frame;
  const { title, queued, none, states } = words.team;
  const { team } = levels;
  if (team?.kind !== 'team') return { title, lines: [] };
  const { namespace, waiting, running } = team;
  const rows = findWorkers(team.workers, query)
    .slice(0, MOST.workers)
    .map((worker) => [
      worker.id,
      states[worker.state],
      `${worker.running}/${worker.concurrency}`,
      worker.providers.join(', '),
      worker.tags.join(', '),
      worker.since === null ? '–' : describeSpan(now - worker.since, words),
    ]);
  const lines = renderColumns(rows.map(printable), columns);
  const workers = team.workers.length === 0 ? [colours.dim(none)] : lines;
  return { title, lines: [fill(queued, { namespace, waiting, running }), ...workers] };
}

function problemsBlock({ problems }: FoundLive, { words, columns, colours }: TopFrame): Block {
  const rows = problems.slice(0, MOST.problems).map(({ at, code, message }) => [clock(at), code, message]);
  const lines = renderColumns(rows.map(printable), columns);
  return { title: words.problems.title, lines: lines.map(colours.red) };
}

function footer(state: LiveState, view: TopView, { words, colours, rows }: TopFrame): readonly string[] {
  if (rows === null) return [];
  const { filter, confirm, keys } = words.top;
  const task = chosenTask(state, view);
  if (view.asks === 'filter') return [`${filter}${view.query}█`];
  if (view.asks === 'confirm' && task !== null)
    return [colours.yellow(fill(confirm, { agent: printableText(task.agent) }))];
  const query = view.query === '' ? '' : `   ${filter}${view.query}`;
  return [view.note === '' ? colours.dim(keys + query) : colours.yellow(view.note)];
}

/** Each block has its title and one line at least; what is left goes to them from the top. */
function fitBlocks(blocks: readonly Block[], room: number | null, { colours }: TopFrame): readonly string[] {
  let left = room === null ? Number.POSITIVE_INFINITY : room - blocks.length * 2;
  return blocks.flatMap(({ title, lines }) => {
    const extra = Math.max(0, Math.min(lines.length - 1, left));
    left -= extra;
    return [colours.bold(title), ...lines.slice(0, 1 + extra)];
  });
}

const printable = (cells: readonly string[]): readonly string[] =>
  cells.map((cell) => printableText(cell).replaceAll(/\s+/g, ' '));

function minute(at: number): string {
  return clock(at).slice(0, 5);
}

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** A line that would wrap moves everything below it; the colours are the first to go. */
function cutPainted(line: string, columns: number): string {
  if (displayWidth(line) <= columns) return line;
  return cutToWidth(line.replaceAll(/\p{Cc}\[[\d;]*m/gu, ''), columns);
}

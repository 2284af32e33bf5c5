/** The whole page: what is chosen and looked for is here, what is known comes from the store. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { findDecisions, findProblems, findServers, findTasks } from '../core/live/find-live.ts';
import { fill } from '../core/live/live-words.ts';
import type { LiveAction } from '../protocol/live.ts';
import { act } from './live/act.ts';
import { announceChanges } from './live/announce-changes.ts';
import type { Store } from './live/store.ts';
import { Confirm, type Question } from './parts/confirm.tsx';
import { Decisions } from './parts/decisions.tsx';
import { Help } from './parts/help.tsx';
import { Overview } from './parts/overview.tsx';
import { Problems } from './parts/problems.tsx';
import { Runs } from './parts/runs.tsx';
import { Savings } from './parts/savings.tsx';
import { sectionsFor } from './parts/section.tsx';
import { Servers } from './parts/servers.tsx';
import { Tasks } from './parts/tasks.tsx';
import { Team } from './parts/team.tsx';
import { Top } from './parts/top.tsx';
import { switchTheme } from './theme.ts';
import { useKeys } from './use-keys.ts';
import { words } from './words.ts';

export function App({ store }: { readonly store: Store }) {
  const [{ connection, state }, setKnown] = useState(store.read());
  const [said, setSaid] = useState('');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const [helps, setHelps] = useState(false);
  const search = useRef<HTMLInputElement>(null);

  useEffect(
    () =>
      store.subscribe((known, changes) => {
        setKnown(known);
        const news = announceChanges(changes, known.state);
        if (news !== '') setSaid(news);
      }),
    [store],
  );
  const run = useCallback(async (action: LiveAction) => {
    const failed = await act(action);
    setSaid(failed === null ? words.actions.done : fill(words.actions.failed, { why: failed }));
  }, []);
  const ask = useCallback(
    (text: string, action: LiveAction) => setQuestion({ text, onYes: () => void run(action) }),
    [run],
  );

  const tasks = useMemo(() => findTasks(state?.tasks ?? [], query), [state?.tasks, query]);
  const decisions = useMemo(() => findDecisions(state?.decisions ?? [], query), [state?.decisions, query]);
  const problems = useMemo(() => findProblems(state?.problems ?? [], query), [state?.problems, query]);
  const pool = state?.levels.pool ?? null;
  const team = state?.levels.team ?? null;
  const sections = sectionsFor(team);
  const servers = useMemo(() => findServers(pool?.servers ?? [], query), [pool, query]);
  const task =
    tasks.find(({ id }) => id === chosen) ?? tasks.find((one) => one.state === 'running') ?? tasks[0];

  const cancel = () => {
    if (task?.state !== 'running' || !task.canCancel) return;
    ask(fill(words.tasks.cancelQuestion, { agent: task.agent }), { action: 'cancel-task', task: task.id });
  };
  const move = (by: number) => {
    const at = tasks.findIndex(({ id }) => id === task?.id);
    const next = tasks[Math.min(tasks.length - 1, Math.max(0, at + by))];
    if (next !== undefined) setChosen(next.id);
  };
  useKeys({
    '?': () => setHelps(true),
    '/': () => search.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    c: cancel,
    t: switchTheme,
    ...Object.fromEntries(sections.map((name, at) => [String(at + 1), () => goTo(name)])),
  });

  return (
    <>
      <a class="skip" href="#overview">
        {words.page.skip}
      </a>
      <Top
        connection={connection}
        sections={sections}
        query={query}
        onQuery={setQuery}
        search={search}
        onHelp={() => setHelps(true)}
      />
      <main>
        {state !== null && (
          <>
            <Overview state={state} onAsk={ask} />
            <Tasks tasks={tasks} task={task} onChoose={setChosen} onCancel={cancel} />
            <Runs runs={state.runs} onAsk={ask} />
            <Decisions found={decisions} all={state.decisions.length} />
            <Servers servers={servers} capacity={pool?.sessionsPerServer ?? 0} onAsk={ask} />
            {team?.kind === 'team' && <Team team={team} query={query} />}
            <Savings days={state.levels.savings ?? []} />
            <Problems problems={problems} />
          </>
        )}
      </main>
      <p class="hidden" role="status" aria-live="polite">
        {said}
      </p>
      {question !== null && <Confirm question={question} onClose={() => setQuestion(null)} />}
      {helps && <Help sections={sections.length} onClose={() => setHelps(false)} />}
    </>
  );
}

function goTo(section: string): void {
  const place = document.getElementById(section);
  place?.scrollIntoView();
  place?.querySelector('h2')?.focus();
}

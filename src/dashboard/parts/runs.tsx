import { useState } from 'preact/hooks';
import { describeSpan } from '../../core/live/describe-time.ts';
import type { LiveRun } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import type { LiveAction } from '../../protocol/live.ts';
import { formatClock } from '../format.ts';
import { words } from '../words.ts';
import { Graph } from './graph.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

type Props = {
  readonly runs: readonly LiveRun[];
  readonly onAsk: (question: string, action: LiveAction) => void;
};

export function Runs({ runs, onAsk }: Props) {
  const text = words.runs;
  const [chosen, setChosen] = useState<string | null>(null);
  const run = runs.find(({ id }) => id === chosen) ?? runs.at(-1);
  if (run === undefined) {
    return (
      <Section name="runs" title={text.title}>
        <p class="none">{text.none}</p>
      </Section>
    );
  }
  const choose = (
    <label>
      <span class="hidden">{text.choose}</span>
      <select value={run.id} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
        {runs.toReversed().map((one) => (
          <option key={one.id} value={one.id}>
            {formatClock(one.startedAt)} {fill(text.ended, countEnds(one))}
          </option>
        ))}
      </select>
    </label>
  );
  const { ended, all } = countEnds(run);
  return (
    <Section name="runs" title={text.title} beside={choose}>
      <Graph run={run} />
      <Table label={text.title} columns={Object.values(text.columns)}>
        {run.tasks.map(({ id, agent, state, why, dependsOn, model, worker, startedAt, endedAt }) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>{agent}</td>
            <td>
              <span class={`state ${state}`}>{text.states[state]}</span> {why}
            </td>
            <td>{dependsOn.join(', ')}</td>
            <td>
              {model} {worker !== null && fill(words.tasks.onWorker, { worker })}
            </td>
            <td class="number">
              {startedAt !== null && endedAt !== null && describeSpan(endedAt - startedAt, words)}
            </td>
          </tr>
        ))}
      </Table>
      {ended < all && (
        <p class="buttons">
          <button
            type="button"
            class="danger"
            onClick={() => onAsk(text.cancelQuestion, { action: 'cancel-run', run: run.id })}
          >
            {text.cancel}
          </button>
        </p>
      )}
    </Section>
  );
}

function countEnds({ tasks }: LiveRun) {
  const open = tasks.filter(({ state }) => state === 'waiting' || state === 'running').length;
  return { ended: tasks.length - open, all: tasks.length };
}

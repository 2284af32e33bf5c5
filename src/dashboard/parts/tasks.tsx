import { describeSpan } from '../../core/live/describe-time.ts';
import type { LiveTask } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import { shortCount } from '../format.ts';
import { useNow } from '../use-now.ts';
import { words } from '../words.ts';
import { Section } from './section.tsx';
import { Stream } from './stream.tsx';
import { Table } from './table.tsx';

type Props = {
  readonly tasks: readonly LiveTask[];
  /** The one whose stream is shown. */
  readonly task: LiveTask | undefined;
  readonly onChoose: (id: string) => void;
  readonly onCancel: () => void;
};

export function Tasks({ tasks, task, onChoose, onCancel }: Props) {
  const text = words.tasks;
  const now = useNow(tasks.some(({ state }) => state === 'running'));
  return (
    <Section name="tasks" title={text.title}>
      {tasks.length === 0 && <p class="none">{text.none}</p>}
      {tasks.length > 0 && (
        <Table label={text.title} columns={Object.values(text.columns)}>
          {tasks.map((one) => (
            <Row key={one.id} task={one} isChosen={one === task} now={now} onChoose={onChoose} />
          ))}
        </Table>
      )}
      {task !== undefined && <Stream task={task} onCancel={onCancel} />}
    </Section>
  );
}

type RowProps = Pick<Props, 'onChoose'> & {
  readonly task: LiveTask;
  readonly isChosen: boolean;
  readonly now: number;
};

function Row({ task, isChosen, now, onChoose }: RowProps) {
  const { id, agent, target, worker, state, startedAt, endedAt, tokens, activity, failure } = task;
  return (
    <tr class={isChosen ? 'chosen' : ''}>
      <th scope="row">
        <button type="button" class="link" aria-pressed={isChosen} onClick={() => onChoose(id)}>
          {agent}
        </button>
      </th>
      <td>
        {target} {worker !== null && fill(words.tasks.onWorker, { worker })}
      </td>
      <td>
        <span class={`state ${state}`}>{words.tasks.states[state]}</span>
      </td>
      <td class="number">{describeSpan((endedAt ?? now) - startedAt, words)}</td>
      <td class="number">{tokens === null ? '–' : shortCount(tokens)}</td>
      <td class="long">{failure ?? activity}</td>
    </tr>
  );
}

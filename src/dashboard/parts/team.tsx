import { describeSpan } from '../../core/live/describe-time.ts';
import { findWorkers } from '../../core/live/find-live.ts';
import type { LiveTeam } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import { useNow } from '../use-now.ts';
import { words } from '../words.ts';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

type Props = { readonly team: Extract<LiveTeam, { kind: 'team' }>; readonly query: string };

export function Team({ team, query }: Props) {
  const text = words.team;
  const { namespace, waiting, running } = team;
  const workers = findWorkers(team.workers, query);
  const now = useNow(workers.length > 0);
  return (
    <Section name="team" title={text.title}>
      <p>{fill(text.queued, { namespace, waiting, running })}</p>
      {team.workers.length === 0 && <p class="none">{text.none}</p>}
      {workers.length > 0 && (
        <Table label={text.title} columns={Object.values(text.columns)}>
          {workers.map(({ id, state, version, providers, tags, since, ...worker }) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              <td>
                <span class={`state ${state}`}>{text.states[state]}</span>
              </td>
              <td class="number">
                {worker.running}/{worker.concurrency}
              </td>
              <td class="number">{worker.done}</td>
              <td>{providers.join(', ')}</td>
              <td>{tags.join(', ')}</td>
              <td>{version}</td>
              <td class="number">{since === null ? '–' : describeSpan(now - since, words)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

import { describeSpan } from '../../core/live/describe-time.ts';
import type { LiveServer } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import type { LiveAction } from '../../protocol/live.ts';
import { formatMemory } from '../format.ts';
import { useNow } from '../use-now.ts';
import { words } from '../words.ts';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

type Props = {
  readonly servers: readonly LiveServer[];
  readonly capacity: number;
  readonly onAsk: (question: string, action: LiveAction) => void;
};

export function Servers({ servers, capacity, onAsk }: Props) {
  const text = words.servers;
  const now = useNow(servers.length > 0);
  const recycle = (port: number) => () =>
    onAsk(fill(text.recycleQuestion, { port }), { action: 'recycle', port });
  return (
    <Section name="servers" title={text.title}>
      {servers.length === 0 && <p class="none">{text.none}</p>}
      {servers.length > 0 && (
        <Table label={text.title} columns={Object.values(text.columns)}>
          {servers.map(
            ({ id, port, url, state, tasksRunning, tasksDone, startedAt, rssBytes, lastError }) => (
              <tr key={id}>
                <th scope="row">
                  {url ?? port ?? '–'}{' '}
                  {port !== null && url === null && (
                    <button type="button" onClick={recycle(port)}>
                      {text.recycle}
                    </button>
                  )}
                </th>
                <td>
                  <span class={`state ${state}`}>{state}</span>
                </td>
                <td class="number">
                  {tasksRunning}/{capacity}
                </td>
                <td class="number">{tasksDone}</td>
                <td class="number">{formatMemory(rssBytes)}</td>
                <td class="number">{startedAt === null ? '–' : describeSpan(now - startedAt, words)}</td>
                <td class="long">{lastError}</td>
              </tr>
            ),
          )}
        </Table>
      )}
    </Section>
  );
}

import type { LiveDecision, LiveStep } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import { words } from '../words.ts';
import { Table } from './table.tsx';

export function Why({ decision }: { readonly decision: LiveDecision | null }) {
  const text = words.decisions;
  if (decision === null) return <p class="none">{text.chosen}</p>;
  const title = fill(text.why, { agent: decision.agent });
  const { step, said, wanted } = text.steps;
  return (
    <div class="why">
      <h3>{title}</h3>
      <p>
        {decision.reason} · {fill(text.took, { ms: decision.durationMs })}
      </p>
      {decision.steps.length === 0 && <p class="none">{text.noSteps}</p>}
      {decision.steps.length > 0 && (
        <Table label={title} columns={[step, said, wanted]}>
          {decision.steps.map((one) => (
            <tr key={one.step}>
              <th scope="row">{one.step}</th>
              <td>{one.said}</td>
              <td>{wantedBy(one)}</td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}

function wantedBy({ route }: LiveStep): string {
  const { nothing, stay, route: away } = words.decisions.steps;
  if (route === null) return nothing;
  return route ? away : stay;
}

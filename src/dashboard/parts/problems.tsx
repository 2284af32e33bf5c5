import type { LiveProblem } from '../../core/live/live-state.ts';
import { formatClock } from '../format.ts';
import { words } from '../words.ts';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

export function Problems({ problems }: { readonly problems: readonly LiveProblem[] }) {
  const text = words.problems;
  return (
    <Section name="problems" title={text.title}>
      {problems.length === 0 && <p class="none">{text.none}</p>}
      {problems.length > 0 && (
        <Table label={text.title} columns={Object.values(text.columns)}>
          {problems.map(({ at, code, message }, place) => (
            <tr key={problems.length - place}>
              <td>{formatClock(at)}</td>
              <th scope="row">{code}</th>
              <td class="long">{message}</td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

import type { LiveDay } from '../../core/live/live-state.ts';
import { formatBand, shortCount } from '../format.ts';
import { words } from '../words.ts';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

const CHART = { bar: 18, gap: 4, height: 90 };

export function Savings({ days }: { readonly days: readonly LiveDay[] }) {
  const text = words.savings;
  if (days.length === 0) {
    return (
      <Section name="savings" title={text.title}>
        <p class="none">{text.none}</p>
      </Section>
    );
  }
  return (
    <Section name="savings" title={text.title}>
      <Chart days={days} />
      <Table label={text.title} columns={Object.values(text.columns)}>
        {days.toReversed().map(({ day, tasks, savedTokens, spentTokens }) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            <td class="number">{tasks}</td>
            <td class="number">{formatBand(savedTokens)}</td>
            <td class="number">{shortCount(spentTokens)}</td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

/** The high end of the estimate pale, the low one full. The table says the same in figures. */
function Chart({ days }: { readonly days: readonly LiveDay[] }) {
  const most = days.reduce((high, { savedTokens }) => Math.max(high, savedTokens.high), 1);
  const height = (tokens: number) => (Math.max(0, tokens) / most) * CHART.height;
  const width = days.length * (CHART.bar + CHART.gap);
  return (
    <svg
      class="chart"
      width={width}
      height={CHART.height}
      viewBox={`0 0 ${width} ${CHART.height}`}
      role="img"
      aria-label={words.savings.chart}
    >
      {days.map(({ day, savedTokens }, at) => {
        const x = at * (CHART.bar + CHART.gap);
        const [high, low] = [height(savedTokens.high), height(savedTokens.low)];
        return (
          <g key={day}>
            <title>{`${day}: ${formatBand(savedTokens)}`}</title>
            <rect class="high" x={x} y={CHART.height - high} width={CHART.bar} height={high} />
            <rect class="low" x={x} y={CHART.height - low} width={CHART.bar} height={low} />
          </g>
        );
      })}
    </svg>
  );
}

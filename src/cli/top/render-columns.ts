/** Rows of cells as lines, each column as wide as its widest cell; the last one takes what is left of the line. */
import { cutToWidth, displayWidth } from '../../core/hud/display-width.ts';

const GAP = 2;
/** So that one long name does not push the others out. */
const WIDEST = 28;

export function renderColumns(rows: readonly (readonly string[])[], columns: number): readonly string[] {
  const count = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: count }, (_, at) =>
    rows.reduce((widest, row) => Math.max(widest, Math.min(WIDEST, displayWidth(row[at] ?? ''))), 0),
  );
  return rows.map((row) => {
    const cells = row.map((cell, at) => (at === count - 1 ? cell : pad(cell, widths[at] ?? 0)));
    return cutToWidth(cells.join(' '.repeat(GAP)), columns).trimEnd();
  });
}

function pad(cell: string, width: number): string {
  const short = cutToWidth(cell, width);
  return short + ' '.repeat(Math.max(0, width - displayWidth(short)));
}

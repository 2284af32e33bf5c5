/**
 * A table of any length, of which only the rows in sight are there. Each row has the same height, so where a row stands
 * follows from its number.
 *
 *   ┌ scrolled ───────────┐
 *   │ space for the rows  │ above
 *   │ rows in sight       │ and a few around them
 *   │ space for the rows  │ below
 *   └─────────────────────┘
 */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

type Props<T> = {
  readonly label: string;
  readonly columns: readonly string[];
  readonly items: readonly T[];
  readonly cells: (item: T) => readonly ComponentChildren[];
  readonly isChosen: (item: T) => boolean;
  readonly onChoose: (item: T) => void;
};

/** As page.css has it. */
const ROW_PIXELS = 30;
const AROUND = 8;

export function WindowedTable<T>({ label, columns, items, cells, isChosen, onChoose }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 0 });
  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    setSight(({ top, height }) =>
      top === scrollTop && height === clientHeight
        ? { top, height }
        : { top: scrollTop, height: clientHeight },
    );
  };
  useLayoutEffect(look, []);
  const newest = useRef(items[0]);
  useLayoutEffect(() => {
    // Whoever reads further down goes on reading there, whatever comes in above.
    const added = newest.current === undefined ? 0 : items.indexOf(newest.current);
    newest.current = items[0];
    if (added > 0 && box.current !== null && box.current.scrollTop > ROW_PIXELS)
      box.current.scrollTop += added * ROW_PIXELS;
  }, [items]);
  const first = Math.max(0, Math.floor(sight.top / ROW_PIXELS) - AROUND);
  const last = Math.min(items.length, Math.ceil((sight.top + sight.height) / ROW_PIXELS) + AROUND);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <div ref={box} class="scroll windowed" tabIndex={0} onScroll={look}>
      <table aria-label={label} aria-rowcount={items.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={first} columns={columns.length} />
          {items.slice(first, last).map((item, at) => (
            <tr
              key={items.length - first - at}
              aria-rowindex={first + at + 2}
              class={isChosen(item) ? 'chosen' : ''}
              onClick={() => onChoose(item)}
            >
              {cells(item).map((cell, column) =>
                column === 1 ? (
                  <th key={column} scope="row">
                    <button type="button" class="link" aria-pressed={isChosen(item)}>
                      {cell}
                    </button>
                  </th>
                ) : (
                  <td key={column}>{cell}</td>
                ),
              )}
            </tr>
          ))}
          <Space rows={items.length - last} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

function Space({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr class="space">
      <td colSpan={columns} style={{ height: `${rows * ROW_PIXELS}px` }} />
    </tr>
  );
}

import type { ComponentChildren } from 'preact';

type Props = {
  readonly label: string;
  readonly columns: readonly string[];
  readonly children: ComponentChildren;
};

/** It may be wider than a narrow window: then it is scrolled by itself, with the keyboard too. */
export function Table({ label, columns, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <div class="scroll" tabIndex={0}>
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

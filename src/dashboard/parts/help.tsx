import { words } from '../words.ts';
import { Dialog } from './dialog.tsx';

type Props = { readonly sections: number; readonly onClose: () => void };

export function Help({ sections, onClose }: Props) {
  const { keys, help, close } = words.page;
  const rows: readonly (readonly [string, string])[] = [
    ['?', keys.help],
    ['/', keys.search],
    ['Esc', keys.escape],
    ['j k', keys.move],
    ['c', keys.cancel],
    ['t', keys.theme],
    [`1–${sections}`, keys.sections],
  ];
  return (
    <Dialog label={help} onClose={onClose}>
      <h2>{help}</h2>
      <dl class="keys">
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" class="buttons">
        <button type="submit">{close}</button>
      </form>
    </Dialog>
  );
}

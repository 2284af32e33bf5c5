import { words } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { SECTIONS } from './section.tsx';

export function Help({ onClose }: { readonly onClose: () => void }) {
  const { keys, help, close } = words.page;
  const rows: readonly (readonly [string, string])[] = [
    ['?', keys.help],
    ['/', keys.search],
    ['Esc', keys.escape],
    ['j k', keys.move],
    ['c', keys.cancel],
    ['t', keys.theme],
    [`1–${SECTIONS.length}`, keys.sections],
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

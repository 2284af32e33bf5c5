import { words } from '../words.ts';
import { Dialog } from './dialog.tsx';

export type Question = { readonly text: string; readonly onYes: () => void };

type Props = { readonly question: Question; readonly onClose: () => void };

export function Confirm({ question: { text, onYes }, onClose }: Props) {
  const yes = () => {
    onYes();
    onClose();
  };
  return (
    <Dialog label={text} onClose={onClose}>
      <p>{text}</p>
      <p class="buttons">
        <button type="button" class="danger" onClick={yes}>
          {words.actions.yes}
        </button>
        <button type="button" onClick={onClose}>
          {words.actions.no}
        </button>
      </p>
    </Dialog>
  );
}

import { words } from '../words.ts';
import { Dialog } from './dialog.tsx';

export type Question = { readonly text: string; readonly onYes: () => void };

type Props = { readonly question: Question; readonly onClose: () => void };

export function Confirm({ question: { text, onYes }, onClose }: Props) {
  return (
    <Dialog label={text} onClose={onClose}>
      <p>{text}</p>
      <form method="dialog" class="buttons">
        <button type="submit" class="danger" onClick={onYes}>
          {words.actions.yes}
        </button>
        <button type="submit">{words.actions.no}</button>
      </form>
    </Dialog>
  );
}

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type Props = {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/**
 * Keeps the keyboard inside until it is closed, also by Escape; then it is back where it was. A button closes it by a
 * form of the method `dialog`: taken out of the page while it is open, it would leave the keyboard nowhere.
 */
export function Dialog({ label, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-label={label} onClose={onClose}>
      {children}
    </dialog>
  );
}

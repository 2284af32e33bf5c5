// Changes one value in a JSON text that a person has written: comments, order and layout of the rest stay.
import { applyEdits, type FormattingOptions, modify } from 'jsonc-parser';

/** `undefined` takes the key out. */
export function setInJsonText(text: string, path: readonly string[], value: unknown): string {
  return applyEdits(text, modify(text, [...path], value, { formattingOptions: formattingOf(text) }));
}

function formattingOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.includes('\t'),
    tabSize: indent.includes('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

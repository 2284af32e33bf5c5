// The daemon writes them into the page, in the user's language.
import type { LiveWords } from '../core/live/live-words.ts';

type Given = { readonly locale: string; readonly words: LiveWords };

export const { locale, words }: Given = JSON.parse(document.getElementById('words')?.textContent ?? '{}');

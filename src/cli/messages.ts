// Everything that the command line says to a person, in each language. Codes, keys and reasons are never translated.
import type { Locale } from '../core/config/pick-locale.ts';
import { en, type Messages } from './messages/en/en.ts';
import { ko } from './messages/ko/ko.ts';

export type { Messages };

const CATALOGUE: Readonly<Record<Locale, Messages>> = { en, ko };

export function messagesIn(locale: Locale): Messages {
  return CATALOGUE[locale];
}

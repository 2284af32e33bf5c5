import { type Messages, messagesIn } from '../messages.ts';
import { type DemoWords, en } from './messages/en.ts';
import { ko } from './messages/ko.ts';

/** The demo's own words in the language of the catalogue. */
export function demoWordsFor(m: Messages): DemoWords {
  return m === messagesIn('ko') ? ko : en;
}

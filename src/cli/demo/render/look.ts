import type { Colours } from '../../colours.ts';
import type { DemoWords } from '../messages/en.ts';

/** In which language and which colours. */
export type Look = { readonly words: DemoWords; readonly colours: Colours };

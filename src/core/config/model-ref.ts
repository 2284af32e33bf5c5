// A model as configuration names it: OpenCode's provider id, a slash, OpenCode's model id.
// People also write our own names of the providers (gemini, claude).
import { toCanonicalProvider, toOpencodeProvider } from '../routing/provider-name.ts';

export const MODEL_REF_PATTERN = /^[^\s/\p{Cc}]+\/[^\s\p{Cc}]+$/u;

/** `gemini/gemini-3-flash` becomes `google/gemini-3-flash`; a model id may itself hold slashes. */
export function toOpencodeModelRef(ref: string): string {
  const slash = ref.indexOf('/');
  return toOpencodeProvider(toCanonicalProvider(ref.slice(0, slash))) + ref.slice(slash);
}

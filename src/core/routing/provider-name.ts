// OMCM's provider names are claude, openai and gemini; OpenCode calls two of them by their companies.

import type { ProviderName } from './decision.ts';

const CANONICAL: ReadonlyMap<string, ProviderName> = new Map([
  ['anthropic', 'claude'],
  ['claude', 'claude'],
  ['google', 'gemini'],
  ['gemini', 'gemini'],
  ['openai', 'openai'],
]);

const OPENCODE: ReadonlyMap<ProviderName, string> = new Map([
  ['claude', 'anthropic'],
  ['gemini', 'google'],
]);

/** Any other provider keeps the name that OpenCode has for it, to the letter. */
export function toCanonicalProvider(name: string): ProviderName {
  return CANONICAL.get(name.toLowerCase()) ?? name;
}

export function toOpencodeProvider(name: ProviderName): string {
  return OPENCODE.get(name) ?? name;
}

// Which language do we speak? The configuration says, or else the environment, as for any other program.
import type { Environment } from '../adapters/files/paths.ts';

export const LOCALES = ['en', 'ko'] as const;

export type Locale = (typeof LOCALES)[number];

export function pickLocale(configured: Locale | 'auto', env: Environment): Locale {
  if (configured !== 'auto') return configured;
  const wanted = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^ko\b|^ko_/i.test(wanted) ? 'ko' : 'en';
}

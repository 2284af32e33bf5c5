// Which language do we speak? The configuration says, or else the environment, as for any other program.

export const LOCALES = ['en', 'ko'] as const;

export type Locale = (typeof LOCALES)[number];

export function pickLocale(
  configured: Locale | 'auto',
  env: Readonly<Record<string, string | undefined>>,
): Locale {
  if (configured !== 'auto') return configured;
  const wanted = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^ko\b|^ko_/i.test(wanted) ? 'ko' : 'en';
}

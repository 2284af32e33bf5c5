/** A state file that made no sense, in one sentence. */
export function describeDamage(file: string, setAside: string | null): string {
  const aside = setAside === null ? 'could not be set aside' : `was set aside (${setAside})`;
  return `${file} is damaged and ${aside}; the defaults hold.`;
}

// Versions as programs print them: `2.1.330 (Claude Code)`, `v20.19.0`, `1.18.33`.

export type Version = readonly [major: number, minor: number, patch: number];

export function findVersion(text: string): string | null {
  return /\d+\.\d+\.\d+[\w.+-]*/.exec(text)?.[0] ?? null;
}

export function isAtLeast(version: string, least: Version): boolean {
  const numbers = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const different = least.findIndex((number, index) => number !== numbers[index]);
  return different === -1 || (numbers[different] ?? 0) > (least[different] ?? 0);
}

export function writeVersion(version: Version): string {
  return version.join('.');
}

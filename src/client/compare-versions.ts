/** Is `a` a newer release than `b`? By the rules of semver.org; what is after a `+` does not count. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)];
  return (compareParts(left.numbers, right.numbers) || comparePreReleases(left.pre, right.pre)) > 0;
}

type Version = { readonly numbers: readonly string[]; readonly pre: readonly string[] };

function parse(version: string): Version {
  const [release = ''] = version.split('+', 1);
  const dash = release.indexOf('-');
  const core = dash === -1 ? release : release.slice(0, dash);
  const numbers = core.split('.').map((part) => String(Number(part) || 0));
  return { numbers, pre: dash === -1 ? [] : release.slice(dash + 1).split('.') };
}

/** A pre-release is older than its release. */
function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  return compareParts(a, b) || a.length - b.length;
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = comparePart(a[index] ?? '', b[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Numbers by size and before words; words by their letters. */
function comparePart(a: string, b: string): number {
  const [left, right] = [isNumber(a), isNumber(b)];
  if (left && right) return Number(a) - Number(b);
  if (left !== right) return left ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

function isNumber(part: string): boolean {
  return /^\d+$/.test(part);
}

/** Is `a` a newer release than `b`? Numbers are compared; a pre-release counts as older than its release. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return left.pre === '' && right.pre !== '';
}

function parse(version: string): { numbers: number[]; pre: string } {
  const [core = '', pre = ''] = version.split('-', 2);
  return { numbers: core.split('.').map((part) => Number(part) || 0), pre };
}

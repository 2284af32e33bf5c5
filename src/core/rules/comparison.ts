// Numbers in conditions: `>= 70`, `< 20000`, `== 0`.

type Comparison = { readonly sign: Sign; readonly value: number };
type Sign = keyof typeof HOLDS;

const HOLDS = {
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
  '!=': (a: number, b: number) => a !== b,
  '==': (a: number, b: number) => a === b,
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
} as const;

export const COMPARISON_PATTERN = /^\s*(>=|<=|!=|==|>|<)\s*(\d{1,12}(?:\.\d{1,6})?)\s*%?\s*$/;

export function parseComparison(text: string): Comparison | null {
  const [, sign, value] = COMPARISON_PATTERN.exec(text) ?? [];
  return sign === undefined ? null : { sign: sign as Sign, value: Number(value) };
}

/** A check of a number; it throws for text that is no comparison, which a configuration never holds. */
export function compileComparisons(texts: readonly string[]): (value: number) => boolean {
  const checks = texts.map((text) => {
    const comparison = parseComparison(text);
    if (comparison === null) throw new Error(`not a comparison: ${text}`);
    const holds = HOLDS[comparison.sign];
    return (value: number) => holds(value, comparison.value);
  });
  return (value) => checks.every((holds) => holds(value));
}

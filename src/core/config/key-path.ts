// Reading and changing a plain value at a key path, own keys only, never in place.

export type KeyPath = readonly (string | number)[];

type PlainObject = Readonly<Record<string, unknown>>;

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `opencode.args[2]` */
export function formatKeyPath(path: KeyPath): string {
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('');
}

export function hasValueAt(value: unknown, path: KeyPath): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
  return hasValueAt((value as PlainObject)[key], rest);
}

export function valueAt(value: unknown, path: KeyPath): unknown {
  if (!hasValueAt(value, path)) return undefined;
  return path.reduce<unknown>((inner, key) => (inner as PlainObject)[key], value);
}

/** The value without what stands at the path; the very same value where nothing stands there. */
export function withoutValueAt(value: unknown, path: KeyPath): unknown {
  const [key, ...rest] = path;
  if (key === undefined || !isPlainObject(value) || !Object.hasOwn(value, key)) return value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  const inner = value[key];
  const lighter = withoutValueAt(inner, rest);
  return lighter === inner ? value : { ...value, [key]: lighter };
}

/** `['a', 'b']` and 1 become `{a: {b: 1}}`. */
export function nestValue(path: readonly string[], value: unknown): unknown {
  // A computed key in a literal defines an own property, also for `__proto__`.
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

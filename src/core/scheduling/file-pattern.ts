// Can two patterns mean the same file? Where that is not sure, they can: a needless wait costs less than lost work.

/** A pattern in all its readings: braces are told apart, and each reading is cut at its slashes. */
export type FilePattern = readonly (readonly string[])[];

/** More readings than these are not told apart: the braces then stand for anything. */
const MAX_READINGS = 64;

const WILD = /[*?[]/;
/** What needs no more reading: most paths. */
const PLAINLY_WRITTEN = /^[^*?[{\\./]+(?:[./][^*?[{\\./]+)*$/;
/** `app/[id]` may be a folder's name as it stands. */
const SURELY_WILD = /[*?]/;

/** Letter case does not count: on many disks two spellings are one file. */
export function parsePattern(text: string): FilePattern {
  const path = text.toLowerCase().replaceAll('\\', '/').replace(/\/$/, '/**');
  return expandBraces(path).map((reading) => resolveDots(reading.split('/')));
}

/** One text for all spellings of a plain path; `null` for what is none. */
export function plainPath(text: string): string | null {
  if (PLAINLY_WRITTEN.test(text)) return text.toLowerCase();
  const [reading = [], ...others] = parsePattern(text);
  return others.length > 0 || reading.some((segment) => WILD.test(segment)) ? null : reading.join('/');
}

export function mayMeet(one: FilePattern, other: FilePattern): boolean {
  return one.some((a) => other.some((b) => pathsMeet(a, b)));
}

function pathsMeet(a: readonly string[], b: readonly string[]): boolean {
  const memo = new Map<number, boolean>();
  const meet = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const met = step(i, j);
    memo.set(key, met);
    return met;
  };
  const step = (i: number, j: number): boolean => {
    const [left, right] = [a[i], b[j]];
    if (left === '**') return meet(i + 1, j) || (right !== undefined && meet(i, j + 1));
    if (right === '**') return meet(i, j + 1) || (left !== undefined && meet(i + 1, j));
    if (left === undefined) return right === undefined || mayBeFolder(a.at(-1), b[j - 1]);
    if (right === undefined) return mayBeFolder(b.at(-1), a[i - 1]);
    return segmentsMeet(left, right) && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}

/** A folder holds all that lies below it. A name with an ending is a file's, unless the other side names a folder so. */
function mayBeFolder(name = '', asNamed = ''): boolean {
  if (SURELY_WILD.test(name)) return false;
  return !/[^.]\./.test(name) || !SURELY_WILD.test(asNamed);
}

/** Whether some name fits both: the ways through the two at once, one row of the table after the other. */
function segmentsMeet(left: string, right: string): boolean {
  if (!WILD.test(left) && !WILD.test(right)) return left === right;
  const [a, b] = [characters(left), characters(right)];
  let below = row(b, (j, next) => j === b.length || (b[j] === '*' && next));
  for (const one of [...a].reverse()) {
    const under = below;
    below = row(b, (j, next) => {
      const other = b[j];
      if (one === '*') return under[j] === true || next;
      if (other === '*') return next || under[j] === true;
      return other !== undefined && (one === other || one === '?' || other === '?') && under[j + 1] === true;
    });
  }
  return below[0] === true;
}

/** From its end to its beginning, since each place asks the next one. */
function row(b: readonly string[], holds: (j: number, next: boolean) => boolean): readonly boolean[] {
  const cells: boolean[] = new Array(b.length + 1).fill(false);
  for (let j = b.length; j >= 0; j -= 1) cells[j] = holds(j, cells[j + 1] ?? false);
  return cells;
}

/** `[a-z]` counts as anything: it may be a class, or stand in the name. */
function characters(segment: string): readonly string[] {
  return [...segment.replace(/\[[^\]]*\]/g, '*').replace(/\*+/g, '*')];
}

function expandBraces(text: string): readonly string[] {
  let readings: readonly string[] = [text];
  for (let next = expandFirst(readings); next !== null; next = expandFirst(readings)) {
    if (next.length > MAX_READINGS) return [text.replace(/\{.*\}/, '**').replaceAll(/[^/]*\*\*[^/]*/g, '**')];
    readings = next;
  }
  return readings;
}

/** The innermost braces first; `null` where there are none. */
function expandFirst(readings: readonly string[]): readonly string[] | null {
  if (!readings.some((reading) => INNERMOST.test(reading))) return null;
  return readings.flatMap((reading) => {
    const [whole, inside] = INNERMOST.exec(reading) ?? [];
    if (whole === undefined || inside === undefined) return [reading];
    return inside.split(',').map((choice) => reading.replace(whole, () => choice));
  });
}

const INNERMOST = /\{([^{}]*)\}/;

function resolveDots(segments: readonly string[]): readonly string[] {
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === '..' && resolved.length > 0 && resolved.at(-1) !== '..') resolved.pop();
    else if (segment !== '' && segment !== '.') resolved.push(segment);
  }
  return resolved;
}

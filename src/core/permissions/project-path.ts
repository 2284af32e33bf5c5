// Is this path inside the project? Strings only: links are resolved by whoever passes the path in. Where a
// path can be read in two ways, it counts as outside.

const DRIVE = /^[a-z]:[\\/]/i;

/** The path's segments below the project, or `null` where it is not surely inside. A relative path starts there. */
export function segmentsInProject(path: string, directory: string): readonly string[] | null {
  if (path === '' || /\p{Cc}/u.test(path)) return null;
  const read = isWindows(directory) ? readWindows : readPosix;
  const base = read(directory);
  const place = read(isAbsolute(path) ? path : `${directory}/${path}`);
  // A project at the root of the disk would make everything "inside".
  if (!base || !place || base.length === 0 || place.length <= base.length) return null;
  return base.every((segment, i) => segment === place[i]) ? place.slice(base.length) : null;
}

function isWindows(directory: string): boolean {
  return DRIVE.test(directory) || directory.startsWith('\\\\');
}

function isAbsolute(path: string): boolean {
  return /^[\\/]/.test(path) || DRIVE.test(path);
}

/** A backslash is part of a name here, but the model may have meant a separator. */
function readPosix(path: string): readonly string[] | null {
  if (!path.startsWith('/') || path.includes('\\')) return null;
  return resolveDots(path.split('/'));
}

function readWindows(path: string): readonly string[] | null {
  const [root, ...segments] = splitWindows(path.toLowerCase().replaceAll('\\', '/'));
  if (root === undefined || segments.some(isAmbiguousOnWindows)) return null;
  const resolved = resolveDots(segments);
  return resolved.length === 0 ? [] : [root, ...resolved];
}

function splitWindows(path: string): readonly string[] {
  if (DRIVE.test(path)) return path.split('/');
  return path.startsWith('//') ? ['//', ...path.slice(2).split('/')] : [];
}

/** Streams (`a:b`), short names (`GIT~1`), and trailing dots or spaces, which Windows drops. */
function isAmbiguousOnWindows(segment: string): boolean {
  if (segment === '.' || segment === '..') return false;
  return /:|~\d|[. ]$/.test(segment);
}

function resolveDots(segments: readonly string[]): readonly string[] {
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === '..') resolved.pop();
    else if (segment !== '' && segment !== '.') resolved.push(segment);
  }
  return resolved;
}

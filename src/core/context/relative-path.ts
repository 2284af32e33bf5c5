/** A path as seen from the project; `null` where it lies outside. Both are absolute, or the file is relative to it. */
export function relativeTo(directory: string, file: string): string | null {
  const [base, path] = [tidy(directory), tidy(file)];
  if (!isAbsolute(path)) return path.split('/').includes('..') ? null : path.replace(/^\.\//, '');
  if (!path.startsWith(`${base === '/' ? '' : base}/`)) return null;
  const rest = path.slice(base === '/' ? 1 : base.length + 1);
  return rest === '' || rest.split('/').includes('..') ? null : rest;
}

function tidy(path: string): string {
  const slashed = /^[A-Za-z]:\\/.test(path) ? path.replaceAll('\\', '/') : path;
  return slashed.length > 1 ? slashed.replace(/\/+$/, '') : slashed;
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

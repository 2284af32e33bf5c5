// Which files inside a project may a delegated task never edit? Those with secrets, and those through which an
// edit becomes more than an edit: git's hooks, and configuration whose commands and plugins the tools run.

const GUARDED = new Set([
  '.git',
  '.claude',
  '.opencode',
  '.omcm',
  'opencode.json',
  'opencode.jsonc',
  '.mcp.json',
]);
const SECRETS = /^\.env|\.env(\.|$)/;

export function isProtected(segments: readonly string[]): boolean {
  return segments.map(asDiskMayReadIt).some((name) => GUARDED.has(name) || SECRETS.test(name));
}

/** Many disks ignore case, and some ignore invisible characters: `.GIT` and `.g\u200Cit` are `.git` there. */
function asDiskMayReadIt(segment: string): string {
  return segment.replace(/\p{Default_Ignorable_Code_Point}/gu, '').toLowerCase();
}

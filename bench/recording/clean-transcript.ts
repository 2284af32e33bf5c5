/** A transcript as it may be kept: of the work what Claude Code wrote, of this machine nothing. */

/** Of its requests, its environment and its costs. */
const LEFT_OUT = new Set(['api-request', 'api-request-blob', 'api-request-shape', 'cost-state']);
const FIELDS_LEFT_OUT = new Set([
  ...['usage', 'totalTokens', 'preTokens', 'postTokens', 'tokens'],
  ...['requestRef', 'apiBlockIndex', 'toolInputStreamMs', 'promptCacheRequested', 'effort', 'perTurnEffort'],
]);
const LONGEST_LINE = 3_000;

export type Folders = { readonly project: string; readonly home: string; readonly root: string };

export function cleanTranscript(text: string, { project, home, root }: Folders): string {
  const places: readonly (readonly [string, string])[] = [
    [project, '/project/till'],
    [home, '/user/home'],
    [root, '/user'],
    // As Claude Code names a folder after a project.
    [project.replaceAll(/[^A-Za-z0-9]/g, '-'), '-project-till'],
  ];
  const lines = text.trim().split('\n').flatMap(cleanLine);
  return `${places.reduce((all, [from, to]) => all.replaceAll(from, to), lines.join('\n'))}\n`;
}

function cleanLine(line: string): readonly string[] {
  const record = JSON.parse(line, (key, value: unknown) =>
    FIELDS_LEFT_OUT.has(key) ? undefined : value,
  ) as {
    readonly type?: string;
    readonly attachment?: { readonly type?: string };
  };
  const clean = JSON.stringify(record);
  // What it tells its model of the machine; of the date it may.
  const isAbroad = LEFT_OUT.has(record.type ?? '') || (record.attachment ?? { type: 'date' }).type !== 'date';
  return isAbroad || clean.length > LONGEST_LINE ? [] : [clean];
}

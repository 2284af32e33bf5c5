import { readHandoffs } from '../../adapters/files/handoff-files.ts';
import { projectFolder } from '../../adapters/files/project-notes.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';

/** Oldest first, one a line. */
export async function listHandoffs({ m, output, paths }: Cli, directory: string): Promise<void> {
  const handoffs = await readHandoffs(projectFolder(paths.handoffDir, directory));
  if (handoffs.length === 0) output.say(m.handoff.none());
  output.result({ handoffs: handoffs.map((one) => ({ ...one, at: new Date(one.at).toISOString() })) }, () =>
    handoffs
      .map(({ at, way, sessionId, chars }) =>
        [
          new Date(at).toISOString(),
          m.handoff.way(way === 'to-opencode'),
          printableText(sessionId ?? '–'),
          String(chars),
        ].join('  '),
      )
      .join('\n'),
  );
}

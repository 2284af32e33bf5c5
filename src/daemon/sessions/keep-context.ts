/** What a session has decided, kept before its conversation is compacted. */
import type { Paths } from '../../adapters/files/paths.ts';
import { projectFolder } from '../../adapters/files/project-notes.ts';
import { saveContext } from '../../adapters/files/saved-context.ts';
import { gatherContext } from '../../context/gather-context.ts';
import type { ParsedSaveContext } from '../../protocol/context.ts';
import type { RoutingInputs } from '../routing/routing-inputs.ts';

export type KeepContextParts = {
  readonly paths: Paths;
  readonly inputs: Pick<RoutingInputs, 'config'>;
  readonly now: () => number;
};

export async function keepContext(
  { sessionId, directory, transcript }: ParsedSaveContext,
  { paths, inputs, now }: KeepContextParts,
): Promise<void> {
  const { config } = await inputs.config(directory);
  const { claudeDir } = paths;
  const place = { directory, claudeDir, sessionId, transcript };
  const context = await gatherContext(place, { paths, settings: config.context, now });
  await saveContext(projectFolder(paths.handoffDir, directory), sessionId, context);
}

/** Hands a session over: its document is written where the other side finds it, and kept. */
import { type HandoffWay, writeHandoff } from '../adapters/files/handoff-files.ts';
import { projectFolder } from '../adapters/files/project-notes.ts';
import { createHandover, type Handover, type HandoverParts, writeHandover } from './create-handover.ts';
import { gatherReturn, type OpencodePlace } from './gather-return.ts';
import type { SessionPlace } from './read-session.ts';

export type HandedOver = Handover & { readonly file: string };

export async function handOver(place: SessionPlace, parts: HandoverParts): Promise<HandedOver> {
  return keep(await createHandover(place, parts), 'to-opencode', place.directory, parts);
}

/** `null`: OpenCode has no session in this folder. Rejects where OpenCode fails. */
export async function bringBack(place: OpencodePlace, parts: HandoverParts): Promise<HandedOver | null> {
  const found = await gatherReturn(place, parts);
  return found && keep(writeHandover(found, parts), 'to-claude-code', place.directory, parts);
}

async function keep(
  handover: Handover,
  way: HandoffWay,
  projectDir: string,
  { paths, now }: HandoverParts,
): Promise<HandedOver> {
  const { sessionId } = handover.context.meta;
  const entry = { way, sessionId, at: now(), chars: handover.document.length };
  const folder = projectFolder(paths.handoffDir, projectDir);
  const file = await writeHandoff({ projectDir, folder }, entry, handover.document);
  return { ...handover, file };
}

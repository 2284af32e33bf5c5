/** The context of a session as it may leave this machine's user: fitted to the longest hand-over. */
import type { Locale } from '../core/config/pick-locale.ts';
import { fitContext } from '../core/context/fit-context.ts';
import { renderDocument } from '../core/context/render-document.ts';
import type { WorkContext } from '../core/context/work-context.ts';
import { type GatherParts, gatherContext } from './gather-context.ts';
import type { SessionPlace } from './read-session.ts';

export type Handover = { readonly context: WorkContext; readonly document: string };

export type HandoverParts = GatherParts & { readonly locale: Locale };

export async function createHandover(place: SessionPlace, parts: HandoverParts): Promise<Handover> {
  return writeHandover(await gatherContext(place, parts), parts);
}

export function writeHandover(found: WorkContext, { settings, locale }: HandoverParts): Handover {
  const style = { locale, offsetMinutes: -new Date(found.meta.builtAt).getTimezoneOffset() };
  const render = (context: WorkContext) => renderDocument(context, style);
  const context = fitContext(found, settings.maxContextLength, (part) => render(part).length);
  return { context, document: render(context) };
}

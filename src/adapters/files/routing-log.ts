// routing-log.jsonl: one line for each decision, for `why`, for scripts and for people.
import { appendLog, type LogWrite } from './append-log.ts';
import { type RoutingLogEntry, type RoutingLogExtra, renderRoutingLine } from './routing-line.ts';

export async function appendRoutingLog(
  file: string,
  entry: RoutingLogEntry,
  { extra = {}, maxBytes }: { extra?: RoutingLogExtra; maxBytes?: number } = {},
): Promise<LogWrite> {
  return appendLog(file, renderRoutingLine(entry, extra), maxBytes);
}

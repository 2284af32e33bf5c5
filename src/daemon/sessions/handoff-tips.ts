/**
 * Tells how a session goes on in OpenCode: to who asks for it by a word, and where Claude is nearly spent. Each once;
 * what was told is written down, since a session outlives the daemon.
 */
import { join } from 'node:path';
import { writeHandoffWords } from '../../adapters/files/handoff-words.ts';
import type { Paths } from '../../adapters/files/paths.ts';
import { readStateFile, updateStateFile } from '../../adapters/files/state-file.ts';
import { type ToldRecord, toldHandoffsSpec } from '../../adapters/files/told-handoffs.ts';
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { Config } from '../../core/config/schema.ts';
import { asksForHandoff } from '../../core/handoff/asks-for-handoff.ts';
import { describeHandoff, TOLD_THE_MODEL } from '../../core/handoff/describe-handoff.ts';
import { noteUsage, noteWord, type Told, UNTOLD } from '../../core/handoff/told.ts';
import { currentReadings } from '../../core/quota/current-readings.ts';
import { findSpentWindow } from '../../core/quota/find-spent-window.ts';
import type { QuotaReadings } from '../../core/quota/reading.ts';
import type { ParsedPromptTold, Tidings } from '../../protocol/session-mode.ts';
import { describeDamage } from '../describe-damage.ts';

export type HandoffTips = {
  /** Takes over what an earlier daemon has told. */
  start(): Promise<void>;
  /** A session may use the words of this configuration. */
  expectWords(config: Config): Promise<void>;
  hearPrompt(sessionId: string, prompt: ParsedPromptTold): Promise<Tidings>;
  /** `null`: Claude is not spent, or it was told before. */
  byUsage(sessionId: string | undefined): Promise<string | null>;
};

type Parts = {
  readonly paths: Pick<Paths, 'handoffDir'>;
  readonly config: (directory: string | undefined) => Promise<Config>;
  readonly readings: () => Promise<QuotaReadings>;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

const KEPT_MS = 7 * 24 * 3_600_000;

export function createHandoffTips({ paths, config, readings, env, now, onProblem }: Parts): HandoffTips {
  const spec = toldHandoffsSpec(join(paths.handoffDir, 'told.json'));
  const told = new Map<string, ToldRecord>();
  const words = new Set<string>();

  const note = async (sessionId: string, next: Told): Promise<void> => {
    told.set(sessionId, { ...next, sessionId, at: now() });
    for (const { sessionId: id, at } of told.values()) if (now() - at > KEPT_MS) told.delete(id);
    const update = await updateStateFile(spec, () => [...told.values()]);
    if (update.kind === 'failed') onProblem('handoff-told', update.failure.message);
  };
  const tellUsage = async (sessionId: string, settings: Config): Promise<string | null> => {
    const { notifications, threshold, locale } = settings;
    if (notifications.quietMode || !notifications.showOnThreshold) return null;
    const quota = await readings();
    const spent = findSpentWindow(quota, threshold, now());
    if (spent === null) return null;
    const full = currentReadings(quota, now()).filter(({ reading }) => reading.percent >= threshold);
    const next = noteUsage(told.get(sessionId) ?? UNTOLD, full, now());
    if (next === null) return null;
    await note(sessionId, next);
    return describeHandoff(spent, pickLocale(locale, env));
  };

  return {
    start: async () => {
      const read = await readStateFile(spec);
      if (read.kind === 'damaged') onProblem('state-damaged', describeDamage(spec.file, read.setAside));
      if (read.kind === 'failed') onProblem('state-unreadable', read.failure.message);
      for (const record of read.kind === 'ok' ? read.value : []) told.set(record.sessionId, record);
    },
    expectWords: async ({ keywords }) => {
      if (keywords.every((word) => words.has(word))) return;
      for (const word of keywords) words.add(word);
      await writeHandoffWords(paths.handoffDir, [...words]).catch((error: unknown) =>
        onProblem('handoff-words', String(error)),
      );
    },
    hearPrompt: async (sessionId, { text, directory }) => {
      const settings = await config(directory);
      const { notifications, keywords, locale } = settings;
      const before = told.get(sessionId) ?? UNTOLD;
      const speaks = !notifications.quietMode && notifications.showOnKeyword;
      const next = speaks && asksForHandoff(text, keywords) ? noteWord(before) : null;
      if (next === null) return { notice: await tellUsage(sessionId, settings), context: null };
      await note(sessionId, next);
      return { notice: describeHandoff(null, pickLocale(locale, env)), context: TOLD_THE_MODEL };
    },
    byUsage: async (sessionId) =>
      sessionId === undefined || sessionId === '' ? null : tellUsage(sessionId, await config(undefined)),
  };
}

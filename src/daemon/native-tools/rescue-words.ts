/** What a person says of another model in Claude's place in one session: by a command, or in a prompt. */
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { Config } from '../../core/config/schema.ts';
import { asksForRescue } from '../../core/native-tools/asks-for-rescue.ts';
import { describeReturn, describeWord, TOLD_OF_THE_YES } from '../../core/native-tools/describe-rescue.ts';
import { type RescueWord, say } from '../../core/native-tools/rescue-standing.ts';
import type { ParsedSetRescue, RescueSet, RescueStatus } from '../../protocol/rescue.ts';
import type { ParsedPromptTold, Tidings } from '../../protocol/session-mode.ts';
import { formatMoment } from '../sessions/format-moment.ts';
import type { RescueDesk } from './rescue-desk.ts';

export type RescueWords = {
  status(directory: string | undefined): Promise<RescueStatus>;
  set(sessionId: string, asked: ParsedSetRescue): Promise<RescueSet>;
  /** `null`: the prompt says nothing of it. */
  hear(sessionId: string, prompt: ParsedPromptTold): Promise<Tidings | null>;
};

export type RescueWordsParts = {
  readonly desk: RescueDesk;
  readonly config: (directory: string | undefined) => Promise<Config>;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
};

export function createRescueWords({ desk, config, env, now }: RescueWordsParts): RescueWords {
  const localeIn = async (directory: string | undefined) => pickLocale((await config(directory)).locale, env);

  const saySo = async (sessionId: string, word: RescueWord, directory: string | undefined) => {
    desk.change(sessionId, (before) => say(before, { sessionId, word, at: now() }));
    await desk.flush();
    const { model, until } = desk.get(sessionId) ?? { model: null, until: null };
    const moment = until === null ? null : formatMoment(until, now());
    return describeWord(word, { model, until: moment }, await localeIn(directory));
  };

  return {
    status: async (directory) => ({ rescue: (await config(directory)).rescue, sessions: [...desk.list()] }),
    set: async (sessionId, { set, directory }) => {
      if (set === 'over') {
        desk.forget(sessionId);
        await desk.flush();
        const notice = describeReturn(await localeIn(directory));
        return { sessionId, state: null, model: null, since: now(), until: null, notice };
      }
      const notice = await saySo(sessionId, set, directory);
      const standing = desk.get(sessionId) ?? say(null, { sessionId, word: set, at: now() });
      return { ...standing, notice };
    },
    hear: async (sessionId, { text, directory }) => {
      const word = asksForRescue(text);
      if (word === null) return null;
      const notice = await saySo(sessionId, word, directory);
      return { notice, context: word === 'on' ? TOLD_OF_THE_YES : null };
    },
  };
}

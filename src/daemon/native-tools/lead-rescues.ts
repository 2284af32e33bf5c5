/** The rescue of lead sessions, with everything that belongs to it. */
import { join } from 'node:path';
import type { RescueStanding } from '../../core/native-tools/rescue-standing.ts';
import type { ParsedPromptTold, Tidings } from '../../protocol/session-mode.ts';
import type { Ground } from '../ground.ts';
import type { Hud } from '../hud/create-hud.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import { noteTask } from '../live/watch-task.ts';
import type { Router } from '../routing/router.ts';
import { createRescue, type Rescue, type RescueOptions } from './rescue.ts';
import { createRescueDesk } from './rescue-desk.ts';
import { createRescueWords, type RescueWords } from './rescue-words.ts';

export type LeadRescues = Omit<RescueWords, 'hear'> & {
  start(): Promise<void>;
  step: Rescue['step'];
  list(): readonly RescueStanding[];
  /** A prompt that says nothing of it is `otherwise`'s. */
  hearPrompt(
    sessionId: string,
    prompt: ParsedPromptTold,
    otherwise: (sessionId: string, prompt: ParsedPromptTold) => Promise<Tidings>,
  ): Promise<Tidings>;
  /** The session is over; a no of its user's holds on, since it may be taken up again. */
  forget(sessionId: string): void;
  flush(): Promise<void>;
};

export type LeadRescuesParts = Pick<RescueOptions, 'steps' | 'recorder' | 'spending' | 'traces'> & {
  readonly router: Pick<Router, 'surroundings'>;
  readonly feed: Pick<LiveFeed, 'note'>;
  readonly hud: () => Pick<Hud, 'changed'>;
};

export function createLeadRescues(
  { paths, inputs, configOf, env, now, onProblem }: Ground,
  { router, feed, hud, ...parts }: LeadRescuesParts,
): LeadRescues {
  const desk = createRescueDesk({
    file: join(paths.stateDir, 'rescues.json'),
    now,
    onChange: () => hud().changed(),
    onProblem,
  });
  const { step } = createRescue({
    ...parts,
    desk,
    look: async (directory) => {
      const [config, untrusted, surroundings] = await Promise.all([
        configOf(directory),
        inputs.untrusted(directory),
        router.surroundings(directory),
      ]);
      return { config, isTrusted: untrusted.length === 0, ...surroundings };
    },
    watch: (begun) => noteTask(feed, begun),
    env,
    now,
  });
  const { hear, ...words } = createRescueWords({ desk, config: configOf, env, now });
  return {
    ...words,
    step,
    start: desk.start,
    list: desk.list,
    forget: (sessionId) => {
      if (desk.get(sessionId)?.state !== 'refused') desk.forget(sessionId);
    },
    flush: desk.flush,
    hearPrompt: async (sessionId, prompt, otherwise) =>
      (await hear(sessionId, prompt)) ?? otherwise(sessionId, prompt),
  };
}

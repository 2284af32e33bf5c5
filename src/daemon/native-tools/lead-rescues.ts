/** The rescue of lead sessions, with everything that belongs to it. */
import { join } from 'node:path';
import type { RescueStanding } from '../../core/native-tools/rescue-standing.ts';
import type { ParsedPromptTold, Tidings } from '../../protocol/session-mode.ts';
import type { RoutingInputs } from '../routing/routing-inputs.ts';
import { createRescue, type Rescue, type RescueOptions, type Surroundings } from './rescue.ts';
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

export type LeadRescuesOptions = Omit<RescueOptions, 'desk' | 'look'> & {
  readonly stateDir: string;
  readonly inputs: Pick<RoutingInputs, 'config' | 'untrusted'>;
  readonly surroundings: (directory: string) => Promise<Pick<Surroundings, 'connected' | 'reach'>>;
  readonly onChange: () => void;
  readonly onProblem: (code: string, message: string) => void;
};

export function createLeadRescues(options: LeadRescuesOptions): LeadRescues {
  const { stateDir, inputs, surroundings, onChange, onProblem, env, now } = options;
  const desk = createRescueDesk({ file: join(stateDir, 'rescues.json'), now, onChange, onProblem });
  const { step } = createRescue({
    ...options,
    desk,
    look: async (directory) => {
      const [{ config }, untrusted, around] = await Promise.all([
        inputs.config(directory),
        inputs.untrusted(directory),
        surroundings(directory),
      ]);
      return { config, isTrusted: untrusted.length === 0, ...around };
    },
  });
  const config = async (directory: string | undefined) => (await inputs.config(directory)).config;
  const { hear, ...words } = createRescueWords({ desk, config, env, now });
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

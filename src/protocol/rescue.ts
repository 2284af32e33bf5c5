/** What is said of other models in Claude's place between the daemon and its clients. */
import { z } from 'zod';
import { RESCUE_STATES } from '../core/native-tools/rescue-standing.ts';

const standing = {
  sessionId: z.string(),
  state: z.enum(RESCUE_STATES),
  model: z.string().nullable(),
  /** Milliseconds since the epoch. */
  since: z.number(),
  until: z.number().nullable(),
};
export const rescueStandingSchema = z.object(standing);

export const rescueStatusSchema = z.object({
  /** What is set, for sessions of which nothing else was said. */
  rescue: z.enum(['off', 'ask', 'auto']),
  sessions: z.array(rescueStandingSchema),
});
export type RescueStatus = z.infer<typeof rescueStatusSchema>;

/** `over`: Claude has answered again. */
export const setRescueSchema = z.object({
  set: z.enum(['on', 'off', 'over']),
  directory: z.string().min(1).max(4096).optional(),
});
export type SetRescue = z.input<typeof setRescueSchema>;
export type ParsedSetRescue = z.output<typeof setRescueSchema>;

/** `state` is `null` where nothing holds any more. */
export const rescueSetSchema = z.object({
  ...standing,
  state: standing.state.nullable(),
  /** For the user. */
  notice: z.string(),
});
export type RescueSet = z.infer<typeof rescueSetSchema>;

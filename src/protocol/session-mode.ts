/** What is said about the mode of one session between the daemon and its clients. */
import { z } from 'zod';
import { LONGEST_REQUEST } from '../core/handoff/asks-for-handoff.ts';
import { SESSION_MODES } from '../core/session-mode/session-mode.ts';

export const sessionModeSchema = z.enum(SESSION_MODES);

export const sessionIdSchema = z.string().min(1).max(256);

/** `off` ends the mode and leaves alone what runs; to end that too, the session is stopped. */
export const setSessionModeSchema = z.object({
  mode: z.enum([...SESSION_MODES, 'off']),
  /** Where the session works, for one that has not said hello. */
  directory: z.string().min(1).max(4096).optional(),
});
export type SetSessionMode = z.input<typeof setSessionModeSchema>;
export type ParsedSetSessionMode = z.output<typeof setSessionModeSchema>;

/** What a person has typed that asks for no mode. Only what is short can ask for anything else. */
export const promptToldSchema = z.object({
  text: z.string().max(LONGEST_REQUEST),
  directory: z.string().min(1).max(4096).optional(),
});
export type PromptTold = z.input<typeof promptToldSchema>;
export type ParsedPromptTold = z.output<typeof promptToldSchema>;

export const sessionModeStatusSchema = z.object({
  sessionId: z.string(),
  /** `null`: none, the mode for all sessions holds. */
  mode: sessionModeSchema.nullable(),
  /** Milliseconds since the epoch. */
  since: z.number().nullable(),
});
export type SessionModeStatus = z.infer<typeof sessionModeStatusSchema>;

/** For whoever passed a person's words on to tell: that person, and the model that conducts. */
const tidingsSchema = z.object({
  notice: z.string().nullable(),
  /** Only where it is news for the model. */
  context: z.string().nullable(),
});
export type Tidings = z.infer<typeof tidingsSchema>;

export const sessionModeSetSchema = sessionModeStatusSchema.extend({
  changed: z.boolean(),
  ...tidingsSchema.shape,
});
export type SessionModeSet = z.infer<typeof sessionModeSetSchema>;

export const sessionStoppedSchema = z.object({
  sessionId: z.string(),
  /** The mode that has ended. */
  mode: sessionModeSchema.nullable(),
  /** Cancelled ones. Tasks of a run count with the run. */
  tasks: z.number(),
  runs: z.number(),
  ...tidingsSchema.shape,
});
export type SessionStopped = z.infer<typeof sessionStoppedSchema>;

export const sessionListSchema = z.object({
  sessions: z.array(sessionModeStatusSchema.extend({ directory: z.string().nullable() })),
});
export type SessionList = z.infer<typeof sessionListSchema>;

/** What is said about Claude's quota and the fallback between the daemon and its clients. */
import { z } from 'zod';

/** ISO 8601 as a mod gives it, unix seconds as a status line gives them. */
const resetTime = z.union([z.string().max(64), z.number()]).nullish();

const windowReport = z.object({
  /** Claude Code's name of the window: `five_hour`, `seven_day`, … */
  kind: z.string().max(64),
  percent: z.number(),
  resetsAt: resetTime,
});

export const quotaReportSchema = z.discriminatedUnion('source', [
  z.object({
    source: z.enum(['mod', 'status-line']),
    sessionId: z.string().max(256),
    windows: z.array(windowReport).max(20),
  }),
  z.object({
    source: z.literal('limit-message'),
    sessionId: z.string().max(256),
    /** The sentence with which Claude Code met the limit. */
    message: z.string().max(2_000),
  }),
]);

export type QuotaReport = z.input<typeof quotaReportSchema>;
export type ParsedQuotaReport = z.output<typeof quotaReportSchema>;

export const quotaReplySchema = z.object({
  fallbackActive: z.boolean(),
  /** For the user, each a short line; nobody else is given them again. */
  notices: z.array(z.string()),
});

export type QuotaReply = z.infer<typeof quotaReplySchema>;

const readingSchema = z.object({
  window: z.enum(['fiveHour', 'weekly']),
  percent: z.number(),
  /** Milliseconds since the epoch, here and below. */
  readAt: z.number(),
  resetsAt: z.number().nullable(),
  source: z.string().nullable(),
  /** Whether it still says something; one that does not decides nothing. */
  current: z.boolean(),
});

export const fallbackStatusSchema = z.object({
  active: z.boolean(),
  /** `unread`: nobody has told us how much of Claude is spent, so nothing activates by itself. */
  state: z.enum(['unread', 'watching', 'active']),
  manual: z.enum(['on', 'off']).nullable(),
  reason: z.string().nullable(),
  since: z.number().nullable(),
  trippedBy: z.enum(['fiveHour', 'weekly']).nullable(),
  /** When the window that tripped resets. */
  resetsAt: z.number().nullable(),
  threshold: z.number(),
  /** What answers where none of an agent's own models does, first choice first. */
  chain: z.array(z.string()),
  readings: z.array(readingSchema),
  /** Of the window that is spent first; `null` or left out where too little is known. */
  pace: z
    .object({
      window: z.enum(['fiveHour', 'weekly']),
      /** Above 100 the window is spent before its reset. */
      percentAtReset: z.number(),
      spentAt: z.number().nullable(),
      /** 0 to 3: how many of the cheap roles are shifted. */
      level: z.number(),
      /** Whether the level moves anything, by `routing.pace`. */
      routes: z.boolean(),
    })
    .nullish(),
});

export type FallbackStatus = z.infer<typeof fallbackStatusSchema>;

export const fallbackSwitchSchema = z.object({ set: z.enum(['on', 'off', 'auto']) });

import { z } from 'zod';

export const execution = z.strictObject({
  backend: z
    .enum(['embedded', 'bullmq'])
    .optional()
    .describe(
      'Who does the tasks of a batch: this machine (embedded), or workers on any machine through a Redis (bullmq). See docs/scaling.md.',
    ),
  redisUrlFile: z
    .string()
    .max(4_096)
    .optional()
    .describe('A file that holds the address of the Redis, where the variable OMCM_REDIS_URL does not.'),
  redisCaFile: z
    .string()
    .max(4_096)
    .optional()
    .describe(
      'A file with the certificate of an authority (PEM) that is trusted for the Redis, besides the usual ones.',
    ),
  namespace: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a word of at most 40 small letters, digits and hyphens')
    .optional()
    .describe('Under which word everything of a team lies in the Redis; several teams may share one.'),
  maxBundleMb: z
    .int()
    .min(1)
    .max(512)
    .optional()
    .describe('Most megabytes of code that travel with a task, to a worker or back.'),
  tasksPerMinute: z
    .record(z.string().min(1).max(100), z.int().min(1).max(100_000))
    .optional()
    .describe(
      'By provider, for a worker: it begins no task with it while its team has begun so many within a minute. Tasks that ask for tags are counted by themselves.',
    ),
  share: z
    .array(z.enum(['circuits', 'budgets']))
    .max(2)
    .optional()
    .describe(
      'What this machine shares with its team through the Redis, whoever does its tasks: circuits: that a provider does not answer; budgets: how many tokens its tasks have used. Never what is known of Claude.',
    ),
  teamAccounts: z
    .array(z.string().min(1).max(100))
    .max(100)
    .optional()
    .describe(
      'Providers that this machine asks with an account of its team: a limit that one machine meets holds for all that name it here.',
    ),
});

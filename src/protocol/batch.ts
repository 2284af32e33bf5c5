/** Many tasks at once, as a file or a client gives them. */
import { z } from 'zod';
import { TAG_PATTERN } from '../core/scheduling/batch-task.ts';

const MAX_TASKS = 10_000;
const ID = 'text of 1 to 100 characters, in one line';
const FILE = 'a path or a glob below the project';

const idSchema = z
  .string()
  .max(100, ID)
  .regex(/^[^\p{Cc}]*\S[^\p{Cc}]*$/u, ID);

const fileSchema = z
  .string()
  .min(1, FILE)
  .max(1_000, FILE)
  // On any system: a file of tasks may have been written on another one.
  .refine((file) => !/^(?:[\\/~]|[a-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)/i.test(file), FILE);

const tagSchema = z
  .string()
  .regex(TAG_PATTERN, 'a word of at most 40 small letters, digits, hyphens and underscores');

const batchTaskSchema = z.strictObject({
  id: idSchema,
  agent: z.string().min(1).max(512),
  prompt: z.string().regex(/\S/, 'a prompt that says something'),
  files: z.array(fileSchema).max(1_000).default([]),
  dependsOn: z.array(idSchema).max(MAX_TASKS).default([]),
  priority: z.number().default(0),
  /** Only workers that have all of them take it; without workers they say nothing. */
  tags: z.array(tagSchema).max(10).default([]),
  /** In any unit that is the same for all. */
  estimate: z.number().positive().default(1),
});

export const batchSchema = z.strictObject({ tasks: z.array(batchTaskSchema).min(1).max(MAX_TASKS) });

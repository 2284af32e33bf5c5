// What settings of several sections have in common.
import { z } from 'zod';
import { MODEL_REF_PATTERN, toOpencodeModelRef } from '../model-ref.ts';

/** A timer of Node's fires at once above 2^31 ms; a day is far below that and long enough for any task. */
const DAY_MS = 86_400_000;

export const percent = z.number().min(0).max(100);

export const milliseconds = z.int().min(1_000).max(DAY_MS);

export const modelRef = z
  .string()
  .max(200)
  .regex(MODEL_REF_PATTERN, 'a model written as provider/model, such as openai/gpt-5.2')
  .transform(toOpencodeModelRef);

import { z } from 'zod';

const dollars = z.number().min(0).max(100_000);

const price = z.strictObject({
  input: dollars.describe('US dollars for a million tokens of input.'),
  output: dollars.describe('US dollars for a million tokens of output, reasoning among them.'),
  cacheRead: dollars.describe('US dollars for a million tokens that came from a cache.'),
  cacheWrite: dollars.describe('US dollars for a million tokens that went into a cache.'),
});

const claudeModel = z.string().min(1).max(200).optional();

export const savings = z.strictObject({
  models: z
    .strictObject({
      low: claudeModel.describe('For agents that look things up or write documents.'),
      medium: claudeModel.describe('For agents that write code.'),
      high: claudeModel.describe('For agents that plan, judge and review, and for the lead session.'),
    })
    .optional()
    .describe('The Claude model that an agent of each tier would have run on.'),
  prices: z
    .record(z.string().min(1).max(200), price)
    .optional()
    .describe('Prices of your own, by model or provider/model, before those of the public list.'),
});

/** What is said about what goes on, between the daemon and whoever looks on. */
import { z } from 'zod';
import type { LiveChange } from '../core/live/live-change.ts';
import type { LiveState } from '../core/live/live-state.ts';

const place = { life: z.string(), seq: z.number() };

/** What is inside is the core's own, and both sides speak one protocol: it is not read a second time. */
export const liveUpdateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), ...place, state: z.custom<LiveState>(isObject) }),
  z.object({ kind: z.literal('changes'), ...place, changes: z.array(z.custom<LiveChange>(isObject)) }),
]);

export const liveActionSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('cancel-task'), task: z.string().max(256) }),
  z.object({ action: z.literal('cancel-run'), run: z.string().max(256) }),
  z.object({ action: z.literal('fallback'), set: z.enum(['on', 'off', 'auto']) }),
  z.object({ action: z.literal('recycle'), port: z.number().int().min(1).max(65_535) }),
]);

export type LiveAction = z.output<typeof liveActionSchema>;

export const dashboardRequestSchema = z.object({ port: z.number().int().min(1).max(65_535).optional() });

export const dashboardOpenedSchema = z.object({ url: z.string(), port: z.number() });

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

import { z } from 'zod';
import { remoteServers } from '../remote-server.ts';

const serverCount = z.int().min(0).max(64);

export const pool = z.strictObject({
  minServers: serverCount
    .optional()
    .describe('OpenCode servers that are always kept; 0: none until one is used.'),
  maxServers: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Most OpenCode servers at once; each takes half a gigabyte.'),
  basePort: z
    .int()
    .min(1_024)
    .max(65_000)
    .optional()
    .describe('First port that is tried; taken ones are skipped.'),
  autoScale: z.boolean().optional().describe('Start and stop servers by load, within the two bounds.'),
  sessionsPerServer: z.int().min(1).max(256).optional().describe('Tasks that one server works on at once.'),
  maxWaiting: z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('Tasks that may wait for a server; more are refused.'),
  maxMemoryMb: z
    .int()
    .min(256)
    .optional()
    .describe('A server that holds more is replaced once its tasks have ended.'),
  maxAgeHours: z
    .number()
    .min(0.01)
    .optional()
    .describe('A server that is older is replaced once its tasks have ended.'),
  maxTasks: z
    .int()
    .min(1)
    .optional()
    .describe('A server that has done more is replaced once its tasks have ended.'),
  remotes: remoteServers
    .optional()
    .describe('Running `opencode serve`s on other machines, which take tasks in folders that they share.'),
});

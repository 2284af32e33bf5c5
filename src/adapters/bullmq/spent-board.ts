/**
 * How many tokens a team has used, by day and month of Redis' own clock. Each task counts once, however often it is
 * told: which have been counted is known for two days.
 */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { PendingUse, TeamTotals } from '../../core/sharing/team-spending.ts';
import { keysOf } from './names.ts';

export type SpentBoard = {
  /** What all have used, with that. `now`: of the clock by which the tasks have ended. */
  exchange(used: readonly PendingUse[], now: number): Promise<TeamTotals>;
};

const DAY_MS = 24 * 60 * 60_000;
const KNOWN_S = (2 * DAY_MS) / 1_000;
/** Of days the last two are kept, of months too; all of it goes where nobody counts any more. */
const KEPT_S = (70 * DAY_MS) / 1_000;

const COUNT = `
for _, one in ipairs(cjson.decode(ARGV[1])) do
  if redis.call('ZADD', KEYS[2], 'NX', ARGV[2], one.task) == 1 then
    redis.call('HINCRBY', KEYS[1], one.day, string.format('%.0f', one.tokens))
    redis.call('HINCRBY', KEYS[1], one.month, string.format('%.0f', one.tokens))
    redis.call('EXPIRE', KEYS[1], ARGV[4])
    redis.call('EXPIRE', KEYS[2], ARGV[3])
  end
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[2] - ARGV[3])
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if (#field == 10 and field < ARGV[7]) or (#field == 7 and field < ARGV[8]) then redis.call('HDEL', KEYS[1], field) end
end
return redis.call('HMGET', KEYS[1], ARGV[5], ARGV[6])
`;

const countSchema = z.coerce.number().min(0).catch(0);
const countsSchema = z.tuple([countSchema, countSchema]);

export function createSpentBoard(redis: Redis, namespace: string): SpentBoard {
  const { spent, counted } = keysOf(namespace);
  return {
    exchange: async (used, now) => {
      const [seconds, micros] = (await redis.time()).map(Number) as [number, number];
      const at = seconds * 1_000 + Math.floor(micros / 1_000);
      const items = used.map(({ task, tokens, endedAt }) => {
        const period = periodOf(at - Math.max(0, now - endedAt));
        return { task, tokens: Math.max(0, Math.round(tokens)), day: period.day, month: period.month };
      });
      const today = periodOf(at);
      const [yesterday, lastMonth] = [periodOf(at - DAY_MS).day, periodOf(today.monthStart - 1).month];
      const words = [
        JSON.stringify(items),
        seconds,
        KNOWN_S,
        KEPT_S,
        today.day,
        today.month,
        yesterday,
        lastMonth,
      ];
      const [day, month] = countsSchema.parse(await redis.eval(COUNT, 2, spent, counted, ...words));
      return { day, month, dayLeftMs: today.dayEnd - at, monthLeftMs: today.monthEnd - at };
    },
  };
}

function periodOf(at: number) {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const name = date.toISOString();
  return {
    day: name.slice(0, 10),
    month: name.slice(0, 7),
    dayEnd: Date.UTC(year, month, date.getUTCDate() + 1),
    monthStart: Date.UTC(year, month, 1),
    monthEnd: Date.UTC(year, month + 1, 1),
  };
}

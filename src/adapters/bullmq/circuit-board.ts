/**
 * What the machines of a team have found out about providers: one fact for each circuit, in Redis, by its clock alone.
 * A machine tells what changed and hears what holds, in one step; the others are nudged.
 */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { isFailureCode, LONGEST_REST_MS } from '../../core/circuit/when-to-open.ts';
import type { CircuitNews } from '../../core/sharing/circuit-news.ts';
import { keysOf } from './names.ts';

export type BoardFact = {
  /** The same for as long as nothing of it changes. */
  readonly id: string;
  readonly key: string;
  readonly name: 'open' | 'half-open';
  readonly code: FactCode;
  readonly times: number;
  /** The machine that has told it. */
  readonly from: string;
  /** Until it is over; 0 or less: it is. */
  readonly remainingMs: number;
};

type FactCode = CircuitNews extends infer N ? (N extends { readonly code: infer C } ? C : never) : never;

export type CircuitBoard = {
  /** Those of other machines, as they stand after that. */
  exchange(news: readonly CircuitNews[]): Promise<readonly BoardFact[]>;
};

export type BoardMember = {
  /** Of this life of the daemon. */
  readonly id: string;
  readonly host: string;
};

/** A rest that is over is known for so long, so that one machine tries and the others see it. */
const KEPT_MS = 10 * 60_000;
/** Of a team's models hardly so many rest; whoever writes more is not one of us. */
const MOST_FACTS = 1_000;

/** The longer rest stays, one tries out what is due, and only whoever tries or finds it over closes it. */
const EXCHANGE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local who, host, kept, most, longest = ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local function read(text)
  local ok, fact = pcall(cjson.decode, text)
  if ok and type(fact) == 'table' and type(fact['until']) == 'number' and type(fact.name) == 'string' then return fact end
  return nil
end
local changed = false
for _, news in ipairs(cjson.decode(ARGV[1])) do
  local text = redis.call('HGET', KEYS[1], news.key)
  local held = text and read(text) or nil
  local runs = held and held['until'] > now
  local fact = nil
  if news.kind == 'rests' and not (runs and held.name == 'open' and held['until'] >= now + news.ms) then
    if held or redis.call('HLEN', KEYS[1]) < most then
      fact = { name = 'open', ['until'] = now + math.min(news.ms, longest), code = news.code, times = news.times }
    end
  elseif news.kind == 'tries' and held and not runs then
    fact = { name = 'half-open', ['until'] = now + math.min(news.ms, longest), code = held.code, times = held.times }
  elseif news.kind == 'due' and held and held.name == 'half-open' and held.by == who then
    fact = { name = 'open', ['until'] = now, code = held.code, times = held.times }
  elseif news.kind == 'back' and held and (not runs or held.by == who) then
    redis.call('HDEL', KEYS[1], news.key)
    changed = true
  end
  if fact then
    fact.by, fact.from, fact.at = who, host, now
    redis.call('HSET', KEYS[1], news.key, cjson.encode(fact))
    redis.call('PEXPIRE', KEYS[1], longest + kept)
    changed = true
  end
end
local told = {}
local all = redis.call('HGETALL', KEYS[1])
for at = 1, #all, 2 do
  local fact = read(all[at + 1])
  if not fact or fact['until'] + kept < now then
    redis.call('HDEL', KEYS[1], all[at])
  elseif fact.by ~= who then
    told[#told + 1] = { all[at], all[at + 1], fact['until'] - now }
  end
end
if changed then redis.call('PUBLISH', KEYS[2], who) end
return told
`;

const repliedSchema = z.array(z.tuple([z.string(), z.string(), z.number()]));
const factSchema = z.object({
  name: z.enum(['open', 'half-open']),
  code: z.string().refine(isFailureCode),
  times: z.int().min(1),
  from: z.string().max(255),
});
/** `provider/model`, or `provider/*`. */
const KEY = /^[^\s/]{1,100}\/\S{1,200}$/;

export function createCircuitBoard(redis: Redis, namespace: string, { id, host }: BoardMember): CircuitBoard {
  const { circuits, news: channel } = keysOf(namespace);
  return {
    exchange: async (news) => {
      const limits = [KEPT_MS, MOST_FACTS, LONGEST_REST_MS];
      const words = [JSON.stringify(news), id, host, ...limits];
      const told = repliedSchema.parse(await redis.eval(EXCHANGE, 2, circuits, channel, ...words));
      return told.flatMap(([key, text, remainingMs]) => {
        const fact = parseFact(text);
        return fact === null || !KEY.test(key) ? [] : [{ ...fact, id: text, key, remainingMs }];
      });
    },
  };
}

/** Others may write there, too, and newer ones of us. */
function parseFact(text: string) {
  try {
    return factSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

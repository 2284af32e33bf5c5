import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRedis, type RedisAddress } from '../../../src/adapters/bullmq/connect-redis.ts';
import { describeRedisTrouble, type RedisTrouble } from '../../../src/adapters/bullmq/redis-trouble.ts';
import { until } from '../../daemon/support/until.ts';
import { useProxy } from '../../support/use-proxy.ts';
import { PASSWORD, useRedis } from '../../support/use-redis.ts';

function use(address: RedisAddress, askMs = 5_000) {
  const states: (RedisTrouble | null)[] = [];
  const connection = connectRedis(address, (state) => void states.push(state), { askMs });
  onTestFinished(connection.close);
  const said = (code: string | null) => until(() => states.some((state) => (state?.code ?? null) === code));
  return { ...connection, states, said };
}

describe('a connection to Redis', () => {
  it('is made over TLS with the authority that is named, and says in a sentence why it is not', async () => {
    const { address, port, certificates } = await useRedis({ tls: true });
    const plain = await useRedis();
    const inPlain = address.url.replace('rediss:', 'redis:');
    const good = use(address);
    await good.said(null);
    expect(await good.redis.ping()).toBe('PONG');

    const wrong: readonly (readonly [string, RedisAddress])[] = [
      ['redis-not-trusted', { ...address, ca: null }],
      ['redis-login-refused', { ...address, url: address.url.replace(PASSWORD, `wrong-${PASSWORD}`) }],
      ['redis-login-refused', { ...address, url: address.url.replace(`:${PASSWORD}@`, '') }],
      ['redis-wants-tls', { ...address, url: inPlain }],
      ['redis-without-tls', { ca: certificates?.ca ?? null, url: plain.url.replace('redis:', 'rediss:') }],
    ];
    for (const [code, at] of wrong) {
      const { states, said } = use(at, 500);
      await said(code);
      const sentences = states.map((state) =>
        state === null ? 'it is there' : describeRedisTrouble(state, 'we wait'),
      );
      expect(sentences.join(), code).not.toMatch(new RegExp(`${PASSWORD}|${port}|127\\.0\\.0|is there`));
    }
  });

  it('is given up where nothing comes any more, and made anew', async () => {
    const redis = await useRedis();
    const { port, swallow, mend } = await useProxy(redis.port);
    const {
      redis: client,
      states,
      said,
    } = use({ url: redis.url.replace(String(redis.port), String(port)), ca: null }, 100);
    await said(null);
    swallow();
    const waiting = client.set('a', 'b');
    await said('redis-lost');
    mend();
    await waiting;
    expect(await client.get('a')).toBe('b');
    expect(states.map((state) => state?.code ?? null)).toEqual([null, 'redis-lost', null]);
  });

  it('is left alone where it listens only, and is answered', async () => {
    const { address } = await useRedis();
    const listening = use(address, 50);
    const other = use(address);
    await listening.redis.subscribe('news');
    const asked = async () =>
      Number(/cmdstat_ping:calls=(\d+)/.exec(await other.redis.info('commandstats'))?.[1]);
    await until(async () => (await asked()) >= 6);
    expect(listening.states).toEqual([null]);
  });
});

import { describe, expect, it } from 'vitest';
import { pickServer } from '../../../src/core/pool/pick-server.ts';
import { removeServer } from '../../../src/core/pool/pool-state.ts';
import { aPool, draining, failed, givenUp, NOW, ready, remote, starting, stopping } from './pool-builders.ts';

const SESSIONS = 4;
const prefer = (prefers: string | null) => ({ prefers, remotes: [] });
const ANY = prefer(null);
const three = [ready('a'), ready('b'), ready('c')];

describe('pickServer', () => {
  it.each([
    ['the first for the first task', null, 'a'],
    ['the next one in turn', 'a', 'b'],
    ['the first again after the last', 'c', 'a'],
  ])('takes %s', (_what, cursor, id) => {
    expect(pickServer(aPool(three, { cursor }), ANY, SESSIONS)?.id).toBe(id);
  });

  it('passes over a full server', () => {
    const servers = [ready('a'), ready('b', { tasks: 4 }), ready('c', { tasks: 3 })];
    expect(pickServer(aPool(servers, { cursor: 'a' }), ANY, SESSIONS)?.id).toBe('c');
  });

  it('takes a remote in its turn', () => {
    const servers = [remote(ready('a')), ready('b')];
    const able = { prefers: null, remotes: ['a'] };
    expect(pickServer(aPool(servers, { cursor: 'b' }), able, SESSIONS)?.id).toBe('a');
  });

  it('takes no remote that cannot do it, not even the preferred one', () => {
    const servers = [remote(ready('a')), ready('b')];
    expect(pickServer(aPool(servers, { cursor: 'b' }), prefer('a'), SESSIONS)?.id).toBe('b');
    expect(pickServer(aPool([remote(ready('a'))]), prefer('a'), SESSIONS)).toBeNull();
  });

  it.each([
    draining('x', 'age'),
    starting('x'),
    stopping('x', 'age'),
    failed('x', NOW),
    givenUp('x'),
    ready('x', { tasks: 4 }),
  ])('takes none that is $state.name and not free', (server) => {
    expect(pickServer(aPool([server]), ANY, SESSIONS)).toBeNull();
    expect(pickServer(aPool([server, ready('b')]), prefer('x'), SESSIONS)?.id).toBe('b');
  });

  it('takes the preferred one out of turn', () => {
    expect(pickServer(aPool(three, { cursor: 'a' }), prefer('a'), SESSIONS)?.id).toBe('a');
  });

  it('takes the next in turn where the preferred one is gone', () => {
    expect(pickServer(aPool(three, { cursor: 'a' }), prefer('gone'), SESSIONS)?.id).toBe('b');
  });
});

describe('the order of the turns', () => {
  it.each([
    ['b', 'b', 'c'],
    ['a', 'a', 'b'],
    ['c', 'c', 'a'],
    ['b', 'a', 'c'],
    ['a', 'c', 'b'],
  ])('with %s last served is kept when %s leaves', (cursor, leaves, next) => {
    const left = removeServer(aPool(three, { cursor }), leaves);
    expect(pickServer(left, ANY, SESSIONS)?.id).toBe(next);
  });

  it('begins anew when the only server has left', () => {
    expect(removeServer(aPool([ready('a')], { cursor: 'a' }), 'a').cursor).toBeNull();
  });
});

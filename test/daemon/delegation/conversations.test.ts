import { describe, expect, it } from 'vitest';
import { createConversations } from '../../../src/daemon/delegation/conversations.ts';

const on = (serverId: string, session: string) => ({ serverId, place: `place of ${serverId}`, session });

describe('conversations', () => {
  it('are found on the server that they were had on, and on no other', () => {
    const conversations = createConversations();
    conversations.remember('a1', on('server-1', 'ses_1'));
    expect(conversations.find('a1', 'server-1')).toBe('ses_1');
    expect(conversations.find('a1', 'server-2')).toBeNull();
    expect(conversations.has('a1')).toBe(true);
    expect(conversations.placeOf('a1')).toBe('place of server-1');
    expect(conversations.placeOf('nobody')).toBeNull();
  });

  it('without a name are neither kept nor found', () => {
    const conversations = createConversations();
    conversations.remember(null, on('server-1', 'ses_1'));
    expect(conversations.find(null, 'server-1')).toBeNull();
  });

  it('are replaced by the last session, and forgotten when asked for', () => {
    const conversations = createConversations();
    conversations.remember('a1', on('server-1', 'ses_1'));
    conversations.remember('a1', on('server-2', 'ses_2'));
    expect(conversations.find('a1', 'server-2')).toBe('ses_2');
    conversations.forget('a1');
    expect(conversations.has('a1')).toBe(false);
  });

  it('are kept up to five hundred, those that were used last', () => {
    const conversations = createConversations();
    for (let number = 0; number < 500; number += 1)
      conversations.remember(`a${number}`, on('s', `ses_${number}`));
    conversations.remember('a0', on('s', 'ses_0'));
    conversations.remember('one more', on('s', 'ses_x'));
    expect(conversations.has('a0')).toBe(true);
    expect(conversations.has('a1')).toBe(false);
    expect(conversations.has('a2')).toBe(true);
    expect(conversations.has('one more')).toBe(true);
  });
});

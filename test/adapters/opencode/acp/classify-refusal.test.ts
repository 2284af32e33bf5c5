import { RequestError } from '@agentclientprotocol/sdk';
import { describe, expect, it } from 'vitest';
import { classifyRefusal } from '../../../../src/adapters/opencode/acp/classify-refusal.ts';

describe('a request that was refused over ACP', () => {
  it.each([
    [-32603, 'Internal error: Incorrect API key provided', 'APIError', 'provider-refused-key'],
    [-32603, 'Internal error: Rate limit reached', 'APIError', 'provider-rate-limited'],
    [-32603, 'Internal error: prompt is too long', 'ContextOverflowError', 'context-overflow'],
    [-32603, 'Internal error: something new', 'UnknownError', 'provider-error'],
    [-32603, 'Internal error: JSON parsing failed', 'UnknownError', 'provider-garbage'],
    [-32603, 'Internal error: OpenCode service failure', undefined, 'internal'],
    [-32602, 'Invalid params: model not found: openai/nope', undefined, 'model-not-found'],
    [-32602, 'Invalid params: mode not found: omcm-1', undefined, 'internal'],
    [-32602, 'Invalid params: session not found: ses_1', undefined, 'internal'],
    [-32000, 'Authentication required: provider authentication required', undefined, 'provider-refused-key'],
  ])('%s %s (%s) means %s', (code, message, errorName, expected) => {
    expect(classifyRefusal(new RequestError(code, message, { errorName })).code).toBe(expected);
  });

  it('means that the process is gone where it is no answer at all', () => {
    expect(classifyRefusal(new Error('ACP connection closed')).code).toBe('server-died');
  });
});

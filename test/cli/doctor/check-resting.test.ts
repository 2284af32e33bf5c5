import { describe, expect, it } from 'vitest';
import { checkResting } from '../../../src/cli/doctor/check-resting.ts';
import type { Consulted } from '../../../src/cli/doctor/consult-daemon.ts';
import { messagesIn } from '../../../src/cli/messages.ts';
import type { RestingStatus, Status } from '../../../src/protocol/status.ts';

const NOW = 1_800_000_000_000;

function examine(resting: readonly RestingStatus[] | undefined) {
  const status = { resting } as Status;
  const consulted = { kind: 'running', status } as Consulted;
  return checkResting(consulted, messagesIn('en'), NOW);
}

describe('doctor on providers that rest', () => {
  it('warns for each, with its reason and the time that is left', () => {
    const [finding] = examine([
      { key: 'google/gemini-3-flash', code: 'provider-rate-limited', until: NOW + 123_000 },
    ]);
    expect(finding).toMatchObject({ id: 'resting', status: 'warn' });
    expect(finding?.message).toContain('google/gemini-3-flash: provider-rate-limited, back in 2 min 3 s');
    expect(finding?.remedy).toContain('omcm why');
  });

  it('says which machine of the team has found it out', () => {
    const [finding] = examine([
      { key: 'openai/gpt-5.2', code: 'provider-rate-limited', until: NOW + 60_000, from: 'devbox' },
    ]);
    expect(finding?.message).toContain('back in 1 min 0 s (found out by devbox, of your team)');
  });

  it('has nothing to say where none rests, of an older daemon, and without one', () => {
    expect(examine([])).toEqual([]);
    expect(examine(undefined)).toEqual([]);
    expect(checkResting({ kind: 'not-running' }, messagesIn('en'), NOW)).toEqual([]);
  });
});

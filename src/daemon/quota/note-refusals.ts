/** A provider that refused a task for its quota is told to whoever keeps the quotas, also where another one took over. */
import type { Failure, FailureCode } from '../../core/delegation/failure.ts';
import type { Recorder } from '../tracking/recorder.ts';
import type { QuotaService } from './quota-service.ts';

const OF_QUOTA: ReadonlySet<FailureCode> = new Set(['provider-rate-limited', 'provider-quota-exhausted']);

export function noteRefusals(recorder: Recorder, quota: Pick<QuotaService, 'recordRefusal'>): Recorder {
  const note = (provider: string, failure: Failure | null) => {
    if (failure === null || !OF_QUOTA.has(failure.code)) return;
    const { code, retryAfterMs } = failure;
    void quota.recordRefusal({ provider, code, retryAfterMs });
  };
  return {
    ...recorder,
    movedOn: (entry) => {
      recorder.movedOn(entry);
      note(entry.attempt.target.provider, entry.attempt.failure);
    },
    ended: (entry) => {
      recorder.ended(entry);
      note(entry.outcome.provider, entry.failure);
    },
  };
}

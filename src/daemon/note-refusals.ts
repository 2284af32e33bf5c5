/** A task that a provider refused for its quota is told to whoever keeps the quotas. */
import type { FailureCode } from '../core/delegation/failure.ts';
import type { QuotaService } from './quota-service.ts';
import type { Recorder } from './recorder.ts';

const OF_QUOTA: ReadonlySet<FailureCode> = new Set(['provider-rate-limited', 'provider-quota-exhausted']);

export function noteRefusals(recorder: Recorder, quota: Pick<QuotaService, 'recordRefusal'>): Recorder {
  return {
    ...recorder,
    ended: (entry) => {
      recorder.ended(entry);
      const { failure, decision } = entry;
      if (failure === null || !OF_QUOTA.has(failure.code)) return;
      const { code, retryAfterMs } = failure;
      void quota.recordRefusal({ provider: decision.target.provider, code, retryAfterMs });
    },
  };
}

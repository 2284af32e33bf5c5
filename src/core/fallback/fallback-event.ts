import type { QuotaWindow } from '../quota/reading.ts';

export type ReturnReason =
  | 'window-reset'
  /** The window's end has passed, and nobody could be asked whether it is so. */
  | 'window-reset-unconfirmed'
  | 'two-readings-below'
  | 'manual';

/** What a person should hear of. */
export type FallbackEvent =
  | {
      readonly type: 'activated';
      readonly at: number;
      /** `claude-limit-92%` or `manual`. */
      readonly reason: string;
      readonly window: QuotaWindow | null;
      readonly percent: number | null;
      readonly resetsAt: number | null;
    }
  | { readonly type: 'returned'; readonly at: number; readonly reason: ReturnReason }
  | {
      readonly type: 'suggested';
      readonly at: number;
      /** `claude-usage-75%`. */
      readonly reason: string;
      readonly window: QuotaWindow;
      readonly percent: number;
      readonly resetsAt: number | null;
    };

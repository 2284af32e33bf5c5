export type FindingStatus = 'ok' | 'warn' | 'fail';

/** `id` is stable, for scripts; several findings may share one. */
export type Finding = {
  readonly id: string;
  readonly status: FindingStatus;
  readonly message: string;
  /** What to do; null where nothing has to be done. */
  readonly remedy: string | null;
  /** Mends it without a risk; left out where only a person can. */
  readonly fix?: (() => Promise<void>) | undefined;
};

export function ok(id: string, message: string): Finding {
  return { id, status: 'ok', message, remedy: null };
}

export function warn(id: string, message: string, remedy: string): Finding {
  return { id, status: 'warn', message, remedy };
}

export function fail(id: string, message: string, remedy: string): Finding {
  return { id, status: 'fail', message, remedy };
}

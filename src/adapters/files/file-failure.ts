// Why a file could not be read or written, as a value. Anything that is not a file's fault stays a throw.

export type FileFailureReason =
  | 'read-only'
  | 'no-permission'
  | 'full'
  /** Somebody else held the lock for longer than we wait. */
  | 'locked'
  /** Written by a newer OMCM in a form that this one does not know. */
  | 'newer-version'
  /** Damaged, and could not be set aside, so it was left as it is. */
  | 'damaged'
  | 'io';

export type FileFailure = {
  readonly reason: FileFailureReason;
  readonly file: string;
  /** One sentence for a person. */
  readonly message: string;
};

const REASONS: Readonly<Record<string, FileFailureReason>> = {
  EROFS: 'read-only',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  ENOSPC: 'full',
  EDQUOT: 'full',
  ELOCKED: 'locked',
};

const SENTENCES: Readonly<Record<FileFailureReason, string>> = {
  'read-only': 'its file system is read-only',
  'no-permission': 'permission was denied',
  full: 'the disk is full',
  locked: 'another process kept it locked',
  'newer-version': 'a newer version of OMCM wrote it',
  damaged: 'it is damaged and could not be set aside',
  io: 'the system refused',
};

export function describeFailure(reason: FileFailureReason, file: string, detail?: string): FileFailure {
  const added = detail === undefined ? '' : ` (${detail})`;
  return { reason, file, message: `Cannot use ${file}: ${SENTENCES[reason]}${added}.` };
}

/** Rethrows what is not an error of the file system: that is a fault of ours and must be seen. */
export function failureFrom(error: unknown, file: string): FileFailure {
  const code = errorCode(error);
  if (code === undefined) throw error;
  return describeFailure(REASONS[code] ?? 'io', file, code);
}

export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  // Node's own errors of misuse (`ERR_…`) are faults of the caller.
  return error.code.startsWith('ERR_') ? undefined : error.code;
}

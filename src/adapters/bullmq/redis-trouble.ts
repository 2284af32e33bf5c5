/** Why is there no Redis? Of an error only its code is kept: the rest may hold the address, and a password with it. */

export type RedisTrouble = {
  readonly code: RedisTroubleCode;
  /** Node's, OpenSSL's or Redis' own word for it. */
  readonly detail: string;
};

export type RedisTroubleCode =
  | 'redis-lost'
  | 'redis-login-refused'
  | 'redis-not-trusted'
  /** It takes a connection without TLS, and ends it before it has said a word. */
  | 'redis-wants-tls'
  /** Whoever is there does not answer in TLS; one that speaks none waits for a word that it understands. */
  | 'redis-without-tls';

const LOGIN = /^(?:WRONGPASS|NOAUTH|NOPERM)$/;
/** What is no TLS looks like a TLS of a strange version. */
const NO_TLS = /^(?:ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL)|EPROTO)$/;
const CERTIFICATE = /CERT|SIGNED|SIGNATURE/;

export function classifyRedisError(
  error: NodeJS.ErrnoException,
  { isFirstOverTls }: { readonly isFirstOverTls: boolean },
): RedisTrouble {
  const detail = error.code ?? firstWord(error);
  if (isFirstOverTls && detail === 'ETIMEDOUT') return { code: 'redis-without-tls', detail };
  if (LOGIN.test(detail)) return { code: 'redis-login-refused', detail };
  if (NO_TLS.test(detail)) return { code: 'redis-without-tls', detail };
  if (CERTIFICATE.test(detail)) return { code: 'redis-not-trusted', detail };
  return { code: 'redis-lost', detail };
}

/** `WRONGPASS …`, `NOAUTH …`: the first word is the code, the rest may be anything. */
function firstWord({ message }: Error): string {
  return /^(?:Ready check failed: )?([A-Z]{3,})\b/.exec(message)?.[1] ?? 'failed';
}

/** `meanwhile`: what is done without it. */
export function describeRedisTrouble({ code, detail }: RedisTrouble, meanwhile: string): string {
  switch (code) {
    case 'redis-login-refused':
      return `Redis refuses the login (${detail}): are the user and the password in its address right, and what that user may do?`;
    case 'redis-not-trusted':
      return `The certificate of the Redis is not trusted here (${detail}): name its authority in execution.redisCaFile.`;
    case 'redis-wants-tls':
      return 'Redis ends the connection before it says a word: perhaps it wants TLS (rediss:// in place of redis://).';
    case 'redis-without-tls':
      return `What is at the address of the Redis does not answer in TLS (${detail}): is it up, and are rediss:// and the port right?`;
    case 'redis-lost':
      return `Redis does not answer (${detail}); ${meanwhile}.`;
  }
}

/** Which of our failures is this refusal of a request? */
import { RequestError } from '@agentclientprotocol/sdk';
import { type Failure, failure } from '../../../core/delegation/failure.ts';
import { classifyError } from '../../../core/opencode/classify-failure.ts';

const AUTH_REQUIRED = -32_000;
/** What JSON-RPC puts before the message. */
const PREFIX = /^(Internal error|Invalid params|Authentication required|Resource not found): /;

/** Anything but a refusal means that the connection broke. */
export function classifyRefusal(error: unknown): Failure {
  if (!(error instanceof RequestError)) return failure('server-died', { detail: String(error) });
  const message = error.message.replace(PREFIX, '');
  if (error.code === AUTH_REQUIRED) return failure('provider-refused-key', { detail: message });
  // All that it says when OpenCode itself failed.
  if (/^(OpenCode service failure|mode not found|session not found)/.test(message))
    return failure('internal', { detail: message });
  return classifyError({ name: errorNameIn(error.data), data: { message } });
}

function errorNameIn(data: unknown): string {
  const { errorName } = (data ?? {}) as { errorName?: unknown };
  return typeof errorName === 'string' ? errorName : 'UnknownError';
}

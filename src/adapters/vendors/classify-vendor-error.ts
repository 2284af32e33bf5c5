import { APICallError } from 'ai';
import { type Failure, failure, toFailure } from '../../core/delegation/failure.ts';
import { classifyError } from '../../core/opencode/classify-failure.ts';

/** What a vendor's refusal means. Never with the request, which holds the conversation and its key. */
export function classifyVendorError(error: unknown): Failure {
  if (!APICallError.isInstance(error)) return isFailure(error) ? error : unanswered(error);
  const { statusCode, message, responseHeaders } = error;
  if (statusCode === undefined) return failure('provider-unavailable', { detail: message.slice(0, 300) });
  return classifyError({ name: 'APIError', data: { statusCode, message, responseHeaders } });
}

function isFailure(error: unknown): error is Failure {
  return typeof error === 'object' && error !== null && 'code' in error && toFailure(error) === error;
}

function unanswered(error: unknown): Failure {
  return failure('provider-garbage', { detail: String(error).slice(0, 300) });
}

import { AISDKError, APICallError, UnsupportedFunctionalityError } from 'ai';
import { type Failure, failure, isFailure } from '../../core/delegation/failure.ts';
import { classifyError } from '../../core/opencode/classify-failure.ts';

/** What a vendor's refusal means. Never with the request, which holds the conversation and its key. */
export function classifyVendorError(error: unknown): Failure {
  if (isFailure(error)) return error;
  if (APICallError.isInstance(error)) return ofCall(error);
  const detail = messageOf(error).slice(0, 300);
  // Its interface has no words for something in the conversation, such as a file of this kind.
  if (UnsupportedFunctionalityError.isInstance(error)) return failure('provider-error', { detail });
  if (AISDKError.isInstance(error)) return failure('provider-garbage', { detail });
  // A connection that broke; what is no error at all was said in the stream.
  if (error instanceof Error) return failure('provider-unavailable', { detail });
  return classifyError({ name: 'UnknownError', data: { message: detail } });
}

function ofCall({ statusCode, message, responseHeaders }: APICallError): Failure {
  if (statusCode === undefined) return failure('provider-unavailable', { detail: message.slice(0, 300) });
  // The answer began well, and could not be read.
  if (statusCode < 400) return failure('provider-garbage', { detail: message.slice(0, 300) });
  return classifyError({ name: 'APIError', data: { statusCode, message, responseHeaders } });
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'string') return error;
  return messageIn(error) ?? 'an error without a word';
}

/** `{ message }`, however deep the vendor has put it. */
function messageIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('message' in value && typeof value.message === 'string') return value.message;
  for (const inner of Object.values(value)) {
    const found = messageIn(inner);
    if (found !== null) return found;
  }
  return null;
}

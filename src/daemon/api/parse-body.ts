// The body of a request as its schema promises it, or what is to be answered instead.
import type { z } from 'zod';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: object };

export const errorBody = (code: string, message: string) => ({ error: { code, message } });

export async function parseBody<S extends z.ZodType>(
  request: { text(): Promise<string> },
  schema: S,
): Promise<Parsed<z.output<S>>> {
  let json: unknown;
  try {
    json = JSON.parse((await request.text()) || '{}');
  } catch {
    return { ok: false, error: errorBody('not-json', 'The request body is not JSON.') };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    ok: false,
    error: errorBody('invalid', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`),
  };
}

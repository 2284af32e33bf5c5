// The names of OpenTelemetry's conventions for generative AI: https://opentelemetry.io/docs/specs/semconv/gen-ai/
// As plain text: they are still called "in development" there, and our spans shall not change with a package.
import type { TokenUsage } from '../delegation/engine.ts';
import type { Attributes } from './trace-span.ts';

const PROVIDERS: Readonly<Record<string, string>> = { claude: 'anthropic', gemini: 'gcp.gemini' };

export function modelAttributes(provider: string, model: string): Attributes {
  return { 'gen_ai.provider.name': PROVIDERS[provider] ?? provider, 'gen_ai.request.model': model };
}

/** There, input includes what came from a cache, and output includes reasoning. */
export function usageAttributes({ input, output, reasoning, cacheRead, cacheWrite }: TokenUsage): Attributes {
  return {
    'gen_ai.usage.input_tokens': input + cacheRead + cacheWrite,
    'gen_ai.usage.output_tokens': output + reasoning,
    'gen_ai.usage.cache_read.input_tokens': cacheRead,
    'gen_ai.usage.cache_creation.input_tokens': cacheWrite,
  };
}

export function contentAttribute(role: 'user' | 'assistant', content: string): string {
  return JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);
}

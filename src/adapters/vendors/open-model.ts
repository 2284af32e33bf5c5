/** A model that is asked directly, at its vendor's own interface. */
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { ModelAccess } from '../../core/native-tools/model-access.ts';

/** What the packages agree upon. The SDK above them checks a whole conversation anew in every step, which takes longer. */
export type Model = ReturnType<ReturnType<typeof createOpenAI>['languageModel']>;

export function openModel({
  provider,
  model,
  npm,
  apiKey,
  baseUrl = '',
  headers,
}: Omit<ModelAccess, 'price'>): Model {
  const settings = { apiKey, headers: { ...headers }, ...(baseUrl === '' ? {} : { baseURL: baseUrl }) };
  switch (npm) {
    case '@ai-sdk/openai':
      return createOpenAI(settings)(model);
    case '@ai-sdk/google':
      return createGoogleGenerativeAI(settings)(model);
    case '@ai-sdk/openai-compatible': {
      const compatible = { ...settings, name: provider, baseURL: baseUrl, includeUsage: true };
      return createOpenAICompatible(compatible)(model);
    }
  }
}

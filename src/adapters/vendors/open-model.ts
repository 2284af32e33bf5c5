/** A model that is asked directly, at its vendor's own interface. */
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import type { ModelAccess } from '../../core/native-tools/model-access.ts';

export function openModel({
  provider,
  model,
  npm,
  apiKey,
  baseUrl = '',
  headers,
}: Omit<ModelAccess, 'price'>): LanguageModel {
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

import type { Usage } from './answer.ts';
import type { JournaledRequest } from './journaled-request.ts';

/** What a provider would have billed for these requests. */
export function sumUsage(requests: readonly JournaledRequest[]): Usage & { readonly total: number } {
  const input = requests.reduce((sum, { usage }) => sum + (usage?.input ?? 0), 0);
  const output = requests.reduce((sum, { usage }) => sum + (usage?.output ?? 0), 0);
  return { input, output, total: input + output };
}

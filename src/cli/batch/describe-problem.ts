import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import type { BatchProblem } from './read-batch.ts';

export function describeProblem(problem: BatchProblem, file: string, { batch, config }: Messages): string {
  if (problem.code === 'unusable') return config.problem(problem.problem);
  return `${file}: ${printableText(sentence(problem, batch))}`;
}

function sentence(
  problem: Exclude<BatchProblem, { readonly code: 'unusable' }>,
  text: Messages['batch'],
): string {
  switch (problem.code) {
    case 'no-such-file':
      return text.noFile();
    case 'invalid':
      return text.invalid(problem.at, problem.expected, problem.received);
    case 'unknown-key':
      return text.unknownKey(problem.at, problem.suggestion);
    case 'duplicate-id':
      return text.duplicateId(problem.id);
    case 'unknown-dependency':
      return text.unknownDependency(problem.id, problem.dependency, problem.suggestion);
    case 'cycle':
      return text.cycle(problem.chain.join(' → '));
  }
}

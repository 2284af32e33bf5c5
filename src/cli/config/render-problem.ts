import type { ConfigProblem } from '../../core/config/config-problem.ts';
import type { Cli } from '../cli.ts';

/** Their sentence says no more than what was expected and what came. */
const PLAIN: ReadonlySet<ConfigProblem['code']> = new Set(['unknown-key', 'invalid-value']);

export function renderProblem(problem: ConfigProblem, { m, output }: Cli): string {
  const { source, keyPath, position, rule, expected, received, suggestion } = problem;
  const place = position === undefined ? source : `${source}:${position.line}:${position.column}`;
  const key = keyPath === '' ? m.config.wholeFile() : keyPath;
  const name = rule === undefined ? key : `${key} (${rule})`;
  return [
    `${output.colours.bold(place)}  ${output.colours.yellow(name)}`,
    ...(PLAIN.has(problem.code) ? [] : [`  ${m.config.problem(problem)}`]),
    `  ${m.config.expected(expected)}`,
    `  ${m.config.received(received)}`,
    ...(suggestion === undefined ? [] : [`  ${m.config.suggestion(suggestion)}`]),
  ].join('\n');
}

// The tasks of a file, planned; or everything that is wrong with them, as far as it can be told at once.
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { type ConfigFileRead, readConfigFile } from '../../adapters/files/read-config-file.ts';
import { parseYamlText } from '../../adapters/files/yaml-text.ts';
import type { ConfigProblem } from '../../core/config/config-problem.ts';
import { describeExpected, describeReceived } from '../../core/config/describe-issue.ts';
import { pickNearest } from '../../core/config/suggest.ts';
import type { BatchTask } from '../../core/scheduling/batch-task.ts';
import { type PlanProblem, planTasks, type TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import { batchSchema } from '../../protocol/batch.ts';

export type BatchProblem =
  | { readonly code: 'no-such-file' }
  | { readonly code: 'unusable'; readonly problem: ConfigProblem }
  | { readonly code: 'invalid'; readonly at: string; readonly expected: string; readonly received: string }
  | { readonly code: 'unknown-key'; readonly at: string; readonly suggestion: string | null }
  | Exclude<PlanProblem, { readonly code: 'unknown-dependency' }>
  | (Extract<PlanProblem, { readonly code: 'unknown-dependency' }> & { readonly suggestion: string | null });

export type BatchRead =
  | { readonly ok: true; readonly plan: TaskPlan }
  | { readonly ok: false; readonly problems: readonly BatchProblem[] };

const KEYS = Object.keys(batchSchema.shape.tasks.element.shape);

export async function readBatch(file: string): Promise<BatchRead> {
  return toBatch(await readConfigFile(file));
}

/** JSON is YAML too. */
export async function readBatchText(source: string, text: string): Promise<BatchRead> {
  const parsed = await parseYamlText(source, text);
  return toBatch(parsed.kind === 'ok' ? parsed : { kind: 'unusable', problem: parsed.problem });
}

function toBatch(read: ConfigFileRead): BatchRead {
  if (read.kind === 'missing') return { ok: false, problems: [{ code: 'no-such-file' }] };
  if (read.kind === 'unusable') return { ok: false, problems: [{ code: 'unusable', problem: read.problem }] };
  const parsed = batchSchema.safeParse(read.value, { reportInput: true });
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.flatMap(toProblems) };
  const { tasks } = parsed.data;
  const planned = planTasks(tasks);
  if (planned.ok) return planned;
  return { ok: false, problems: planned.problems.map((problem) => withSuggestion(problem, tasks)) };
}

function toProblems(issue: z.core.$ZodIssue): readonly BatchProblem[] {
  const at = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = at.length === 0 ? ['tasks'] : KEYS;
    return issue.keys.map((key) => ({
      code: 'unknown-key',
      at: [...at, key].join('.'),
      suggestion: pickNearest(key, known, distance) ?? null,
    }));
  }
  const expected = issue.code === 'invalid_format' ? issue.message : describeExpected(issue);
  return [{ code: 'invalid', at: at.join('.'), expected, received: describeReceived(issue.input) }];
}

function withSuggestion(problem: PlanProblem, tasks: readonly BatchTask[]): BatchProblem {
  if (problem.code !== 'unknown-dependency') return problem;
  const others = tasks.map(({ id }) => id).filter((id) => id !== problem.id);
  return { ...problem, suggestion: pickNearest(problem.dependency, others, distance) ?? null };
}

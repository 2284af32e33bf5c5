import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';

/** A drawn-through arrow is a dependency, a dotted one a file that both touch. */
export function renderMermaid({ tasks, dependants, conflicts }: TaskPlan): string {
  return [
    'graph TD',
    ...tasks.map(({ id, agent }, at) => `  t${at}["${escapeLabel(id)}<br/>${escapeLabel(agent)}"]`),
    ...dependants.flatMap((list, at) => list.map((dependant) => `  t${at} --> t${dependant}`)),
    ...conflicts.map(({ first, second, file }) => `  t${first} -. "${escapeLabel(file)}" .-> t${second}`),
  ].join('\n');
}

/** Mermaid's own way: a label is HTML, and `#` begins an entity of it. */
function escapeLabel(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ./:_*-]/gu, (character) => `#${character.codePointAt(0)};`);
}

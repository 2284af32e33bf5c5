/** Where the tasks of a run stand as a graph: each one column after the last of those that it needs. */
import type { LiveRun, LiveRunTask } from './live-state.ts';

export type RunGraph = {
  readonly columns: number;
  readonly rows: number;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
};

export type GraphNode = { readonly task: LiveRunTask; readonly column: number; readonly row: number };
export type GraphEdge = { readonly from: GraphNode; readonly to: GraphNode };

export function layoutRun({ tasks }: LiveRun): RunGraph {
  const columns = findColumns(tasks);
  const filled: number[] = [];
  const nodes = tasks.map((task): GraphNode => {
    const column = columns.get(task.id) ?? 0;
    const row = filled[column] ?? 0;
    filled[column] = row + 1;
    return { task, column, row };
  });
  const byId = new Map(nodes.map((node) => [node.task.id, node]));
  const edges = nodes.flatMap((to) =>
    to.task.dependsOn.flatMap((id) => {
      const from = byId.get(id);
      return from === undefined ? [] : [{ from, to }];
    }),
  );
  const rows = filled.reduce((most, count) => Math.max(most, count ?? 0), 0);
  return { columns: filled.length, rows, nodes, edges };
}

/** A plan has no cycle; should there be one nevertheless, its tasks stand where the rounds end. */
function findColumns(tasks: readonly LiveRunTask[]): ReadonlyMap<string, number> {
  const columns = new Map(tasks.map(({ id }) => [id, 0]));
  for (let round = 0; round < tasks.length; round += 1) {
    let isSettled = true;
    for (const { id, dependsOn } of tasks) {
      const column = dependsOn.reduce((most, need) => Math.max(most, (columns.get(need) ?? -1) + 1), 0);
      if (column === columns.get(id) || column >= tasks.length) continue;
      columns.set(id, column);
      isSettled = false;
    }
    if (isSettled) break;
  }
  return columns;
}

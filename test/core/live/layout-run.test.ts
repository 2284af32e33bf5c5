import { describe, expect, it } from 'vitest';
import { layoutRun } from '../../../src/core/live/layout-run.ts';
import type { LiveRunTask } from '../../../src/core/live/live-state.ts';

const task = (id: string, ...dependsOn: readonly string[]): LiveRunTask => ({
  id,
  agent: 'explore',
  dependsOn,
  state: 'waiting',
  model: null,
  worker: null,
  startedAt: null,
  endedAt: null,
  why: null,
});

const layout = (...tasks: readonly LiveRunTask[]) =>
  layoutRun({ id: 'r', directory: '/p', startedAt: 0, tasks });

describe('the graph of a run', () => {
  it('has each task one column after the last of those that it needs', () => {
    const graph = layout(task('d', 'b', 'c'), task('a'), task('b', 'a'), task('c', 'b'));
    const places = graph.nodes.map(({ task: { id }, column, row }) => [id, column, row]);
    expect(places).toEqual([
      ['d', 3, 0],
      ['a', 0, 0],
      ['b', 1, 0],
      ['c', 2, 0],
    ]);
    expect(graph).toMatchObject({ columns: 4, rows: 1 });
    expect(graph.edges.map(({ from, to }) => from.task.id + to.task.id)).toEqual(['bd', 'cd', 'ab', 'bc']);
  });

  it('has those that need nothing of each other below each other', () => {
    expect(layout(task('a'), task('b'), task('c', 'a'))).toMatchObject({ columns: 2, rows: 2 });
  });

  it('ends, whatever it is given', () => {
    expect(layout(task('a', 'b'), task('b', 'a'), task('c', 'nobody')).nodes).toHaveLength(3);
    expect(layout()).toEqual({ columns: 0, rows: 0, nodes: [], edges: [] });
  });
});

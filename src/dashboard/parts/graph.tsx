import { useMemo } from 'preact/hooks';
import { type GraphNode, layoutRun } from '../../core/live/layout-run.ts';
import type { LiveRun } from '../../core/live/live-state.ts';
import { words } from '../words.ts';

const CELL = { width: 170, height: 46 };
const BOX = { width: 130, height: 32 };
const MOST_LETTERS = 17;

/** For the eye; whoever does not see it has the table below. */
export function Graph({ run }: { readonly run: LiveRun }) {
  const graph = useMemo(() => layoutRun(run), [run]);
  const size = { width: graph.columns * CELL.width, height: graph.rows * CELL.height };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <div class="scroll" tabIndex={0}>
      <svg
        class="graph"
        {...size}
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={words.runs.graph}
      >
        {graph.edges.map(({ from, to }) => (
          <path key={`${from.task.id} ${to.task.id}`} d={drawEdge(from, to)} />
        ))}
        {graph.nodes.map((node) => (
          <Box key={node.task.id} node={node} />
        ))}
      </svg>
    </div>
  );
}

function Box({ node }: { readonly node: GraphNode }) {
  const { id, state } = node.task;
  const { x, y } = placeOf(node);
  const name = id.length > MOST_LETTERS ? `${id.slice(0, MOST_LETTERS - 1)}…` : id;
  return (
    <g class={`node ${state}`}>
      <rect x={x} y={y} {...BOX} rx={6} />
      <text x={x + BOX.width / 2} y={y + BOX.height / 2 + 4}>
        {name}
      </text>
    </g>
  );
}

function placeOf({ column, row }: GraphNode) {
  return { x: column * CELL.width + 4, y: row * CELL.height + 6 };
}

function drawEdge(from: GraphNode, to: GraphNode): string {
  const [start, end] = [placeOf(from), placeOf(to)];
  const [x1, y1] = [start.x + BOX.width, start.y + BOX.height / 2];
  const [x2, y2] = [end.x, end.y + BOX.height / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

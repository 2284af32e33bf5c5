import type { Forecast } from '../../core/scheduling/forecast-run.ts';
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';

/** Each task in the order of its start, with what it waits for. */
export function renderPlan(plan: TaskPlan, forecast: Forecast, { m, output }: Cli): string {
  const { batch: text } = m;
  const rows = forecast.slots.map(({ task, start, end }) => {
    const { id = '', agent = '', dependsOn = [] } = plan.tasks[task] ?? {};
    const files = plan.conflicts
      .filter(({ second, first }) => second === task && !dependsOn.includes(idOf(plan, first)))
      .map(({ first, file }) => `${idOf(plan, first)} (${file})`);
    const waitsFor = [...dependsOn, ...files].join(', ');
    return [round(start), round(end), id, agent, waitsFor].map((cell) => printableText(String(cell)));
  });
  return renderTable(text.columns.map(output.colours.dim), rows);
}

function idOf({ tasks }: TaskPlan, at: number): string {
  return tasks[at]?.id ?? '';
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

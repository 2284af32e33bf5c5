import type { Round, TaskVerdict } from '../../core/autopilot/autopilot.ts';
import { isFailedCheck, isFailedTask } from '../../core/autopilot/list-failures.ts';
import type { SessionAutopilot } from '../../protocol/autopilot.ts';
import { formatDuration, formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';

/** What was done, and why it ended or what is next. */
export function renderAutopilot(autopilot: SessionAutopilot, now: number, m: Messages): string {
  const { goal, rounds, stage, startedAt, spentTokens } = autopilot;
  const text = m.autopilot;
  const took = formatDuration((stage.name === 'ended' ? stage.at : now) - startedAt);
  const lines = [
    text.goal(goal),
    ...rounds.flatMap((round, at) => renderRound(round, at + 1, m)),
    text.spent(rounds.length, formatTokens(spentTokens), took),
    renderNext(autopilot, m),
  ];
  return printableText(lines.join('\n'));
}

function renderRound(round: Round, number: number, { autopilot: text }: Messages): readonly string[] {
  const failing = [
    ...round.tasks.filter(isFailedTask).map(({ id }) => id),
    ...round.checks.filter(isFailedCheck).map(({ command }) => `\`${command}\``),
  ];
  return [
    text.title(number, countOutcomes(round.tasks, text), formatTokens(round.tokens)),
    ...(failing.length === 0 ? [] : [text.failing(failing.join(', '))]),
  ];
}

function countOutcomes(tasks: readonly TaskVerdict[], text: Messages['autopilot']): string {
  const counts = new Map<TaskVerdict['outcome'], number>();
  for (const { outcome } of tasks) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const told = [...counts].map(([outcome, count]) => `${count} ${text.outcomes[outcome]}`);
  return told.length === 0 ? text.noTasks() : told.join(', ');
}

function renderNext({ stage, rounds, limits }: SessionAutopilot, { autopilot: text }: Messages): string {
  switch (stage.name) {
    case 'planning':
      return text.next.planning(rounds.length + 1, limits.rounds);
    case 'working':
      return text.next.working();
    case 'ended':
      return `${text.ended(stage.reason)}\n${text.report()}`;
  }
}

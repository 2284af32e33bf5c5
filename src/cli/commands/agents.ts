/** `omcm agents`: every subagent of this Claude Code, with where it would go, why, and in which modes. */
import type { Command } from 'commander';
import { agentsHere } from '../agents/agents-here.ts';
import { type Covered, coverAgent, SITUATIONS } from '../agents/cover-agent.ts';
import type { Cli } from '../cli.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';
import { gatherInput } from '../routing/gather-input.ts';
import { addSessionOptions, type SessionOptions } from '../routing-options.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = SessionOptions & { readonly coverage?: true };

export const defineAgents: DefineCommand = (command: Command, cli) => {
  const { agents: text } = cli.m;
  command.option('--coverage', text.optionCoverage);
  addSessionOptions(command, cli);
  command.action((options: Options) => agents(cli, options));
  addExamples(command, cli, [
    ['omcm agents', text.exampleList],
    ['omcm agents --coverage', text.optionCoverage],
    ['omcm agents --permission-mode acceptEdits --json', text.exampleJson],
  ]);
};

async function agents(cli: Cli, { coverage, ...options }: Options): Promise<void> {
  const { output, m } = cli;
  const directory = await taskDirectory(options.directory, m);
  const listed = await agentsHere(cli, directory);
  // As a session begins, where nobody says otherwise: agents that edit stay then.
  const session = { permissionMode: 'default' as const, ...options, directory, agent: '' };
  const input = await gatherInput(cli, session, Date.now());
  const covered = listed.map((agent) => coverAgent(agent, input));
  const summary = summarise(covered);
  output.result({ agents: covered, coverage: summary }, () =>
    coverage === true ? renderSummary(summary, covered, cli) : renderAgents(covered, cli),
  );
  output.say(m.agents.howToChange());
}

type Summary = ReturnType<typeof summarise>;

function summarise(covered: readonly Covered[]) {
  return {
    agents: covered.length,
    now: covered.filter(({ now }) => now.route).length,
    situations: Object.fromEntries(
      SITUATIONS.map((one) => [one, covered.filter(({ routedIn }) => routedIn.includes(one)).length]),
    ),
    unknown: covered.filter(({ known }) => !known).map(({ name }) => name),
  };
}

function renderAgents(covered: readonly Covered[], { m }: Cli): string {
  return renderTable(
    m.agents.columns,
    covered.map(({ name, source, now, routedIn }) => [
      printableText(name),
      m.agents.sources[source],
      now.route ? (now.model ?? '') : 'claude',
      now.engine ?? '',
      printableText(now.reason),
      routedIn.join(', ') || m.agents.never(),
    ]),
  );
}

function renderSummary(summary: Summary, covered: readonly Covered[], { m }: Cli): string {
  const { agents: text } = m;
  const rows = SITUATIONS.map((one) => [one, text.share(summary.situations[one] ?? 0, covered.length)]);
  return [
    text.share(summary.now, covered.length) + text.now(),
    renderTable(text.coverageColumns, rows),
    ...(summary.unknown.length === 0 ? [] : [text.unknown(summary.unknown.map(printableText).join(', '))]),
  ].join('\n');
}

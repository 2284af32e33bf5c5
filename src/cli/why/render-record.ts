/** A recorded decision, step by step: what it was made from, what each step said, and what came of it. */
import type { DecisionRecord, NotedResting } from '../../adapters/files/decision-records.ts';
import type { Cli } from '../cli.ts';
import { formatDuration, formatTokens } from '../format-amounts.ts';
import { printableText } from '../printable-text.ts';
import { renderInputs } from './render-inputs.ts';

export function renderRecord(record: DecisionRecord, cli: Cli): string {
  const { m, output } = cli;
  const { colours } = output;
  const { reason, step, decision, requestId, timestamp, steps, inputs } = record;
  const because = step === null ? reason : m.route.because(reason, step, decision === 'route');
  return [
    nameOutcome(record, cli),
    `  ${printableText(because)}`,
    ...renderEngine(record, cli),
    ...record.resting.map((one) => `  ${describeRested(one, cli)}`),
    `  ${colours.dim(m.why.decidedAt(formatTime(timestamp), requestId))}`,
    '',
    ...(steps === null ? [m.why.noSteps()] : renderSteps(record, cli)),
    ...(inputs === null ? [] : ['', ...renderInputs(inputs, cli)]),
    '',
    describeEnd(record, cli),
  ].join('\n');
}

function renderEngine({ engine, engineWhy }: DecisionRecord, { m }: Cli): readonly string[] {
  if (engineWhy === null) return engine === null ? [] : [`  ${m.consent.engine(engine, 'no-mod')}`];
  return [`  ${printableText(m.consent.engine(engine ?? 'opencode', engineWhy))}`];
}

function describeRested({ key, code, from }: NotedResting, { m }: Cli): string {
  return printableText(from === null ? m.why.rested(key, code) : m.why.restedAsTold(key, code, from));
}

function nameOutcome(record: DecisionRecord, { m, output }: Cli): string {
  const { agent, decision, provider, model } = record;
  const name = output.colours.bold(printableText(agent));
  if (decision === 'block') return m.why.blocked(name);
  if (decision === 'native') return m.route.kept(name);
  const routed = m.why.routed(name, `${provider}/${model}`);
  const { balancedBy, balancedWhy } = record;
  return balancedBy === null ? routed : `${routed} ${m.why.balanced(balancedBy, balancedWhy ?? '')}`;
}

function renderSteps(record: DecisionRecord, { m, output }: Cli): readonly string[] {
  const { colours } = output;
  const steps = Object.entries(record.steps ?? {});
  const width = Math.max(...steps.map(([name]) => name.length));
  const sayings = Math.max(...steps.map(([, note]) => (note?.said ?? '–').length));
  const lines = steps.map(([name, note]) => {
    const said = printableText(note?.said ?? '–').padEnd(sayings);
    const isDecider = name === record.step;
    const would = note === null || isDecider ? '' : m.why.would(note.route);
    const mark = isDecider ? colours.bold(m.route.decided) : colours.dim(would);
    return `  ${name.padEnd(width)}  ${said}  ${mark}`.trimEnd();
  });
  return record.step === 'task' || record.step === 'shadow'
    ? [...lines, `  ${record.reason}  ${colours.bold(m.route.decided)}`]
    : lines;
}

function describeEnd({ decision, failed, outcome, shadow }: DecisionRecord, { m }: Cli): string {
  if (shadow !== null) {
    const would = m.why.shadow(`${shadow.provider}/${shadow.model}`, shadow.reason);
    return `${m.why.notOurs(false)} ${printableText(would)}`;
  }
  if (decision !== 'route') return m.why.notOurs(decision === 'block');
  if (outcome === null) return failed === null ? m.why.unfinished() : m.why.failed(failed);
  const { tokens, durationMs } = outcome;
  const used = tokens.input + tokens.output + tokens.reasoning + tokens.cacheRead + tokens.cacheWrite;
  const spent = m.why.spent(formatTokens(used), formatDuration(durationMs));
  const end =
    outcome.failure === null ? m.why.finished(spent) : `${m.why.failed(outcome.failure)} (${spent})`;
  return outcome.contextChars ? `${end} ${m.why.told(outcome.contextChars)}` : end;
}

function formatTime(timestamp: number): string {
  return new Date(timestamp).toISOString();
}

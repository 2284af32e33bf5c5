/** A decision in a line or two, and the steps that led to it. */
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import type { AskedRoute } from './ask-route.ts';

export function renderRoute({ decision }: AskedRoute, { m, output }: Pick<Cli, 'm' | 'output'>): string {
  const { colours } = output;
  const { agent, target, reason, step, opencodeAgent, block, shadow } = decision;
  const name = colours.bold(agent.name);
  const id = target === null ? '' : `${target.provider}/${target.model}`;
  const outcome =
    block !== undefined
      ? renderBlock(name, block, m)
      : target === null
        ? m.route.kept(name)
        : m.route.routed(name, colours.green(target.name), id, opencodeAgent ?? '');
  const would =
    shadow === undefined
      ? ''
      : `\n${m.route.wouldGo(shadow.target.name, `${shadow.target.provider}/${shadow.target.model}`)}`;
  const { engine = 'opencode', engineWhy } = decision;
  const by = engineWhy === undefined ? '' : `\n  ${colours.dim(m.consent.engine(engine, engineWhy))}`;
  return `${outcome}${would}\n  ${colours.dim(m.route.because(reason, step, decision.route))}${by}`;
}

function renderBlock(
  name: string,
  { rule, message }: { readonly rule: string | null; readonly message: string },
  { route }: Cli['m'],
): string {
  const said = printableText(message);
  return rule === null ? route.nobody(name, said) : route.blocked(name, rule, said);
}

export function renderTrail(
  { trail, decision, decidedBy }: AskedRoute,
  { m, output }: Pick<Cli, 'm' | 'output'>,
): string {
  const width = Math.max(...trail.map(({ step }) => step.length));
  const steps = trail.map(({ step, said }) => {
    const mark = step === decision.step ? `  ${m.route.decided}` : '';
    return `  ${step.padEnd(width)}  ${said ?? '–'}${output.colours.bold(mark)}`;
  });
  const by = decidedBy === 'daemon' ? m.route.askedDaemon() : m.route.askedNobody();
  return [...steps, output.colours.dim(by)].join('\n');
}

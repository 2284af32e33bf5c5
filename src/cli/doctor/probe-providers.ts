/** Do the providers really answer? One tiny question to a model of each, which costs a few tokens: so it is asked first. */
import type { Answer } from '../ask/answer.ts';
import { askAll } from '../ask/ask-all.ts';
import { checkModels } from '../ask/check-models.ts';
import { askYes } from '../budget/ask-yes.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { formatDuration } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { isFailureCode } from '../run/failure-exits.ts';
import { type Finding, fail, ok } from './finding.ts';

const QUESTION = 'Answer with the one word: ok';
const PATIENCE_MS = 60_000;

export async function probeProviders(cli: Cli, isAgreed: boolean): Promise<readonly Finding[]> {
  await reachDaemon(cli);
  // Not in the project: what lies there is nobody's business here, and may need trust.
  const question = { prompt: QUESTION, directory: cli.paths.stateDir, timeoutMs: PATIENCE_MS };
  const { models } = await checkModels(cli, question);
  if (!isAgreed) await agree(cli, models);
  cli.output.say(cli.m.ask.asking(models.join(', ')));
  const answers = await askAll(cli, { ...question, models, confirmed: true }, () => undefined);
  return answers.map((answer) => judge(answer, cli.m));
}

async function agree({ m, output, settings }: Cli, models: readonly string[]): Promise<void> {
  const mayAsk = process.stdin.isTTY && output.talkOnTerminal && settings().json !== true;
  if (mayAsk && (await askYes(m.doctor.probeAsk(models.join(', '))))) return;
  const message = mayAsk ? m.doctor.probeRefused() : m.doctor.probeNeedsYes(models.join(', '));
  throw new CommandError({
    code: 'not-confirmed',
    exit: mayAsk ? 'interrupted' : 'usage',
    message,
    hint: m.doctor.probeNeedsYesHint(),
  });
}

function judge({ model, failure, durationMs }: Answer, m: Messages): Finding {
  const name = printableText(model);
  if (failure === null) return ok('probe', m.doctor.probe(name, formatDuration(durationMs ?? 0)));
  const why = isFailureCode(failure.code) ? m.failures.task(failure.code) : failure.message;
  const said = [why, failure.detail ?? ''].filter((part) => part !== '').map(printableText);
  return fail('probe', m.doctor.probeFailed(name, said.join(' ')), m.doctor.probeRemedy(name));
}

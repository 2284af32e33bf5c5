/** `omcm worker`: does tasks of a team on this machine, until it is stopped. */
import { readRedisAddress } from '../../adapters/files/read-redis-address.ts';
import { TAG_PATTERN } from '../../core/scheduling/batch-task.ts';
import { QUEUE_PROTOCOL, type WorkerPresence } from '../../protocol/queue.ts';
import { VERSION } from '../../version.ts';
import type { Refusal } from '../../worker/ask-schedulers.ts';
import type { WorkerWatch } from '../../worker/run-worker.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { loadHere } from '../config/load-here.ts';
import { daemonProgram } from '../daemon/daemon-program.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { count } from '../option-parsers.ts';

type Options = {
  readonly tags?: readonly string[];
  readonly concurrency?: number;
  readonly allowShell?: boolean;
};

export const defineWorker: DefineCommand = (command, cli) => {
  const { worker: text } = cli.m;
  command
    .option('--tags <words>', text.optionTags, (words) => parseTags(words, cli))
    .option('--concurrency <count>', text.optionConcurrency, count(cli.m, '--concurrency'))
    .option('--allow-shell', text.optionAllowShell)
    .action((options: Options) => work(cli, options));
  addExamples(command, cli, [
    ['omcm worker', text.summary],
    ['omcm worker --tags gpu,eu --concurrency 4', text.exampleTags],
    ['omcm worker --json', text.exampleJson],
  ]);
};

async function work(cli: Cli, { tags = [], concurrency, allowShell = false }: Options): Promise<void> {
  const { paths, env, output, m } = cli;
  const { config } = await loadHere(cli, { directory: paths.stateDir });
  const { execution, pool } = config;
  const read = await readRedisAddress(execution, env);
  if (!read.ok) throw notConfigured(read.message, cli);
  const program = daemonProgram(m);
  output.say(m.worker.starting());
  // Only here: what speaks to Redis is larger than the rest of the command line.
  const { runWorker } = await import('../../worker/run-worker.ts');
  const { done, refusal } = await runWorker(
    {
      address: read.address,
      namespace: execution.namespace,
      tags,
      concurrency: concurrency ?? pool.sessionsPerServer,
      allowShell,
      maxBundleMb: execution.maxBundleMb,
      tasksPerMinute: execution.tasksPerMinute,
      stateDir: paths.stateDir,
      socketPath: paths.socketPath,
      program,
      env,
    },
    watchFor(cli),
  );
  if (refusal === null || done > 0) output.say(m.worker.gone(done));
  if (refusal !== null) throw refused(refusal, cli);
}

/** What happens, in words on stderr, or as lines of JSON. */
function watchFor(cli: Cli): WorkerWatch {
  const { output, m, settings } = cli;
  const tell = (event: object, text: string) => {
    if (settings().json) output.write(`${JSON.stringify(event)}\n`);
    else output.say(text);
  };
  return {
    ...listenForSignals(() => tell({ event: 'draining' }, m.worker.draining())),
    onReady: (presence) => {
      if (presence.models.length === 0)
        output.complain(`${m.worker.noProviders()} ${m.worker.noProvidersHint()}`);
      tell({ event: 'ready', ...presence, models: presence.models.length }, describe(presence, cli));
    },
    onTask: (event, task) =>
      tell({ event, task }, event === 'took' ? m.worker.took(task) : m.worker.ended(task)),
    onRedis: (trouble) => {
      if (trouble === null) return tell({ event: 'redis-answers' }, m.worker.redisBack());
      tell({ event: 'redis-lost', ...trouble }, m.worker.redisLost[trouble.code](trouble.detail));
    },
    onProblem: (message) => tell({ event: 'problem', message }, m.worker.problem(message)),
    onStranger: ({ host, version, protocol }) =>
      tell({ event: 'stranger', host, version, protocol }, m.worker.stranger(host, version, protocol)),
    onRefused: () => tell({ event: 'draining' }, m.worker.refusedAtWork()),
  };
}

function describe({ id, concurrency, models, tags }: WorkerPresence, { m }: Cli): string {
  const providers = [...new Set(models.map((model) => model.split('/', 1)[0]))].sort();
  return m.worker.ready(id, concurrency, providers.join(', ') || '–', tags.join(', '));
}

/** They stay for good: what it has started must not be ended in its stead. */
function listenForSignals(onFirst: () => void): Pick<WorkerWatch, 'drain' | 'hurry'> {
  let tellDrain = () => {};
  let tellHurry = () => {};
  const drain = new Promise<void>((resolve) => {
    tellDrain = resolve;
  });
  const hurry = new Promise<void>((resolve) => {
    tellHurry = resolve;
  });
  let heard = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      heard += 1;
      if (heard > 1) return tellHurry();
      onFirst();
      tellDrain();
    });
  return { drain, hurry };
}

function parseTags(text: string, { m }: Cli): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  if (tags.every((tag) => TAG_PATTERN.test(tag))) return [...new Set(tags)];
  throw new CommandError({ code: 'usage', exit: 'usage', message: m.worker.invalidTags(text) });
}

function refused({ stranger, isOurs }: Refusal, { m }: Cli): CommandError {
  return new CommandError({
    code: 'other-protocol',
    exit: 'otherVersion',
    message: m.worker.refused(stranger, VERSION, QUEUE_PROTOCOL),
    hint: isOurs ? m.worker.updateHere() : m.worker.updateThere(stranger.host),
  });
}

function notConfigured(message: string, { m }: Cli): CommandError {
  const hint = m.worker.notConfiguredHint();
  return new CommandError({ code: 'redis-not-configured', exit: 'usage', message, hint });
}

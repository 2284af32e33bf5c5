/** `omcm fallback …`: whether Claude is out. */
import { readHealth } from '../../client/ensure-daemon.ts';
import { fallbackStatusSchema } from '../../protocol/quota.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { readFallbackOffline } from '../fallback/read-fallback-offline.ts';
import { renderFallback } from '../fallback/render-fallback.ts';
import { addExamples } from '../list-examples.ts';

export const defineFallback: DefineCommand = (command, cli) => {
  const { fallback: text } = cli.m;
  command
    .command('status')
    .description(text.statusSummary)
    .action(() => showFallback(cli));
  for (const [set, summary] of [
    ['on', text.onSummary],
    ['off', text.offSummary],
    ['auto', text.autoSummary],
  ] as const) {
    command
      .command(set)
      .description(summary)
      .action(() => setFallback(cli, set));
  }
  addExamples(command, cli, [
    ['omcm fallback status --json', text.exampleStatus],
    ['omcm fallback on', text.exampleOn],
    ['omcm fallback auto', text.exampleAuto],
  ]);
};

async function showFallback(cli: Cli): Promise<void> {
  const { output, m, paths } = cli;
  const { socketPath } = paths;
  const isRunning = (await readHealth(socketPath)) !== null;
  if (!isRunning) output.say(m.fallback.noDaemon());
  const status = isRunning
    ? await askDaemon({ socketPath, path: '/v1/fallback' }, fallbackStatusSchema, m)
    : await readFallbackOffline(cli);
  output.result(status, () => renderFallback(status, m, Date.now()));
}

async function setFallback(cli: Cli, set: 'on' | 'off' | 'auto'): Promise<void> {
  const { output, m, paths } = cli;
  await reachDaemon(cli);
  const call = { socketPath: paths.socketPath, method: 'POST', path: '/v1/fallback', body: { set } } as const;
  const status = await askDaemon(call, fallbackStatusSchema, m);
  output.result(status, () => renderFallback(status, m, Date.now()));
}

/** What would happen? The running daemon knows best, as it knows the connected models; without one we decide here. */
import { callDaemon } from '../../client/call-daemon.ts';
import { readHealth } from '../../client/ensure-daemon.ts';
import { explainRoute } from '../../core/routing/decide-route.ts';
import type { Cli } from '../cli.ts';
import { gatherInput } from './gather-input.ts';
import { type RouteQuestion, type ShownRoute, shownRouteSchema } from './route-question.ts';

export type AskedRoute = ShownRoute & { readonly decidedBy: 'daemon' | 'offline' };

const TIMEOUT_MS = 5_000;

export async function askRoute(
  cli: Cli,
  question: RouteQuestion,
  { offline }: { readonly offline: boolean },
): Promise<AskedRoute> {
  const { socketPath } = cli.paths;
  const running = !offline && (await readHealth(socketPath)) !== null;
  const answer = running ? await askRunningDaemon(socketPath, question) : null;
  if (answer !== null) return { ...answer, decidedBy: 'daemon' };
  if (running) cli.output.say(cli.m.route.daemonCouldNot());
  const { decision, trail } = explainRoute(await gatherInput(cli, question, Date.now()));
  return { decision: { ...decision }, trail: [...trail], decidedBy: 'offline' };
}

/** null for any trouble: the question can be answered without it. */
async function askRunningDaemon(socketPath: string, body: RouteQuestion): Promise<ShownRoute | null> {
  const call = { socketPath, method: 'POST', path: '/v1/route', body, timeoutMs: TIMEOUT_MS } as const;
  const answer = await callDaemon(call).catch(() => null);
  const parsed = shownRouteSchema.safeParse(answer?.body);
  return parsed.success ? parsed.data : null;
}

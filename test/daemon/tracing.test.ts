import { describe, expect, it } from 'vitest';
import type { TaskEvents, TaskStarted } from '../../src/protocol/task.ts';
import { type Collector, treeOf, useCollector } from '../support/otlp-collector.ts';
import { buildPrograms } from './support/build-programs.ts';
import { until } from './support/until.ts';
import { type DaemonHome, useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

const SECRET = `sk-ant-${'a1B2c3D4'.repeat(6)}`;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

async function run(home: DaemonHome, script: object, more: object = {}): Promise<void> {
  const request = { agent: 'explore', directory: home.projectDir, prompt: JSON.stringify(script), ...more };
  const { taskId, decision } = (await home.call('POST', '/v1/tasks', request)).body as TaskStarted;
  if (!decision.route) return;
  const path = `/v1/tasks/${taskId}/events?wait=5000`;
  await until(async () => ((await home.call('GET', path)).body as TaskEvents).done);
}

async function useTraced(tracing: object = {}): Promise<{ home: DaemonHome; collector: Collector }> {
  const collector = await useCollector();
  const home = useDaemonHome({ config: { tracing: { endpoint: collector.url, ...tracing } } });
  await home.ensure(programs);
  return { home, collector };
}

async function rootOf(collector: Collector) {
  const find = () => collector.spans().find(({ name }) => name.startsWith('invoke_agent'));
  await until(() => find() !== undefined);
  const root = find();
  if (root === undefined) throw new Error('there is no root');
  return { root, spans: collector.spans() };
}

describe('the trace of a call', () => {
  it('is a tree from the call to the tools, in the trace of whoever asked, without a word of what was said', async () => {
    const { home, collector } = await useTraced();
    const script = {
      say: [`the key is ${SECRET}, remember it`],
      steps: 2,
      writes: `${home.projectDir}/secret-plan.md`,
    };
    const traceparent = `00-${TRACE}-${PARENT}-01`;
    await run(home, script, { traceparent, sessionId: 'session-1', toolUseId: 'toolu_1' });

    const { root, spans } = await rootOf(collector);
    expect(root).toMatchObject({ traceId: TRACE, parentSpanId: PARENT });
    expect(root.attributes).toMatchObject({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'explore',
      'gen_ai.conversation.id': 'session-1',
      'gen_ai.tool.call.id': 'toolu_1',
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.request.model': 'gemini-3-flash',
      // Three steps of 10 in, 2 and 3 cached, 5 out and 1 of reasoning.
      'gen_ai.usage.input_tokens': 45,
      'gen_ai.usage.output_tokens': 18,
      'gen_ai.usage.cache_read.input_tokens': 6,
      'omcm.cost.usd': 1.5,
    });
    const chat = (...children: object[]) => ({ name: 'chat gemini-3-flash', children });
    expect(treeOf(spans, root)).toEqual({
      name: 'invoke_agent explore',
      children: [
        { name: 'omcm.decision', children: [] },
        { name: 'omcm.queue', children: [] },
        {
          name: 'omcm.server',
          children: [chat(), chat(), chat({ name: 'execute_tool write', children: [] })],
        },
      ],
    });
    expect(spans.map(({ traceId }) => traceId)).toEqual(spans.map(() => TRACE));
    const last = spans.filter(({ name }) => name.startsWith('chat')).at(-1);
    expect(last?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.input_tokens': 15,
      'gen_ai.response.finish_reasons': 'stop',
    });
    const sent = collector.texts.join('\n');
    for (const word of [SECRET, 'remember', 'secret-plan', home.projectDir]) expect(sent).not.toContain(word);
  });

  it('shows a failed task with its code, and a call that stays on Claude with its reason', async () => {
    const { home, collector } = await useTraced();
    await run(home, { refuse: 'the quota of account-4711 is exceeded' });
    await run(home, {}, { agent: 'planner' });

    await until(() => collector.spans().filter(({ name }) => name.startsWith('invoke_agent')).length === 2);
    const spans = collector.spans();
    const failed = spans.find(({ name }) => name === 'invoke_agent explore');
    expect(failed).toMatchObject({ status: 2, attributes: { 'omcm.routed': true } });
    expect(failed?.attributes['error.type']).toMatch(/^provider-/);
    const server = spans.find(({ name }) => name === 'omcm.server');
    expect(server?.attributes['error.type']).toMatch(/^provider-/);
    const native = spans.find(({ name }) => name === 'invoke_agent planner');
    expect(native).toMatchObject({ status: 0, attributes: { 'omcm.routed': false } });
    expect(collector.texts.join('')).not.toContain('account-4711');
  });

  it('holds what was said where the user wants it, with its secrets masked', async () => {
    const { home, collector } = await useTraced({ content: true });
    await run(home, { say: [`the key is ${SECRET}, remember it`] });
    const { root } = await rootOf(collector);
    expect(root.attributes['gen_ai.input.messages']).toContain('remember it');
    expect(root.attributes['gen_ai.output.messages']).toContain('remember it');
    expect(collector.texts.join('')).not.toContain(SECRET);
  });

  it('goes where the environment says, and never holds up a task whose collector is away', async () => {
    const collector = await useCollector();
    const home = useDaemonHome({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
    await home.ensure(programs);
    await run(home, { say: ['x'] });
    await rootOf(collector);

    const away = useDaemonHome({ config: { tracing: { endpoint: 'http://127.0.0.1:9' } } });
    await away.ensure(programs);
    await run(away, { say: ['x'] });
    await until(
      async () => (await away.status()).recentProblems.some(({ code }) => code === 'tracing'),
      20_000,
    );
  });
});

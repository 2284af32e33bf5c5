import { describe, expect, it } from 'vitest';
import { scriptConductor } from '../../../src/simulation/scripted-conductor.ts';
import { until } from '../../daemon/support/until.ts';
import { MODS_OFF } from '../../support/mods-off.ts';
import { treeOf, useCollector } from '../../support/otlp-collector.ts';
import { useOmcm } from '../../support/use-omcm.ts';

/** Claude Code's own tracing, which is in beta there. */
function claudeTraces(endpoint: string): Readonly<Record<string, string>> {
  return {
    CLAUDE_CODE_ENABLE_TELEMETRY: '1',
    CLAUDE_CODE_ENHANCED_TELEMETRY_BETA: '1',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '200',
    // Without it only a session with Anthropic's own address hands its trace on.
    CLAUDE_CODE_PROPAGATE_TRACEPARENT: '1',
  };
}

describe('a call inside a Claude Code that records traces', () => {
  it.each([
    ['the mod', []],
    ['the second way', MODS_OFF],
  ])('is part of its trace, by %s', async (_, extraArgs) => {
    const collector = await useCollector();
    const omcm = await useOmcm({ config: { mode: 'fusion', tracing: { endpoint: collector.url } } });
    const { anthropic, google } = omcm.providers;
    google.on({
      answer: (request) =>
        request.turns.length < 2
          ? { toolUses: [{ name: 'read', input: { filePath: `${omcm.home.projectDir}/README.md` } }] }
          : { text: 'found it' },
    });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find' }] }] });
    await omcm.warm();
    await omcm.claude({ prompt: 'go', env: claudeTraces(collector.url), extraArgs });

    const mine = () => collector.spans().find(({ name }) => name === 'invoke_agent Explore');
    await until(() => mine() !== undefined, 20_000);
    const root = mine();
    if (root === undefined) throw new Error('there is no trace of the call');
    const parent = () => collector.spans().find(({ spanId }) => spanId === root.parentSpanId);
    await until(() => parent() !== undefined, 20_000);
    expect(parent()?.name).toMatch(/^claude_code\./);
    expect(parent()?.traceId).toBe(root.traceId);
    const [decision, queue, server] = treeOf(collector.spans(), root).children;
    expect([decision?.name, queue?.name]).toEqual(['omcm.decision', 'omcm.queue']);
    expect(server).toMatchObject({
      name: 'omcm.server',
      children: [
        { name: 'chat gemini-3-flash', children: [{ name: 'execute_tool read' }] },
        { name: 'chat gemini-3-flash', children: [] },
      ],
    });
  });
});

/** Where do traces go: to the collector that the settings name, to the one that the environment names, or nowhere? */
import type { Config } from '../../core/config/schema.ts';
import { VERSION } from '../../version.ts';
import { createTaskTraces, NO_TRACES, type TaskTraces } from './task-traces.ts';

export type TracesOptions = {
  readonly config: Config['tracing'];
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

export function createTraces({ config, env, now, onProblem }: TracesOptions): TaskTraces {
  const { endpoint, content } = config;
  const isNamed = Boolean(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT);
  if (env.OTEL_SDK_DISABLED === 'true' || (endpoint === '' && !isNamed)) return NO_TRACES;
  const url = endpoint === '' ? undefined : `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  let isFailing = false;
  const onFailure = (message: string) => {
    // A collector that is away is one problem, not one a second.
    if (!isFailing) onProblem('tracing', message);
    isFailing = true;
  };
  const open = async () => {
    const { openSpanExport } = await import('../../adapters/telemetry/export-spans.ts');
    return openSpanExport({ url, version: VERSION, onFailure });
  };
  return createTaskTraces({ open, content, now, onProblem });
}

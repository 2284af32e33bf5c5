/** One task for an engine, without the daemon around it. */
import type { Engine, EngineSession, EngineWork } from '../src/core/delegation/engine.ts';
import { findBinaries } from '../src/simulation/find-binaries.ts';
import type { Simulation } from '../src/simulation/simulation.ts';

const PROMPT = 'Where is the price of an item formatted?';

export function opencodeProgram(): string {
  return findBinaries().opencode ?? 'opencode';
}

export function workIn({ home }: Simulation): EngineWork {
  return {
    id: 'bench',
    instructions: null,
    directory: home.projectDir,
    target: { provider: 'gemini', model: 'gemini-3-flash', name: 'Flash', opencodeProvider: 'google' },
    opencodeAgent: 'explore',
    grant: { kind: 'read-only' },
    conversation: null,
  };
}

/** How long the answer took, from asking for a session to the last event; an error where there was none. */
export async function timeWork(engine: Engine, work: EngineWork): Promise<number> {
  const startedAt = performance.now();
  await finish(await engine.open(work, AbortSignal.timeout(90_000)));
  return performance.now() - startedAt;
}

async function finish(session: Pick<EngineSession, 'run'>): Promise<void> {
  const { signal } = new AbortController();
  for await (const event of session.run({ prompt: PROMPT, conversation: null }, signal))
    if (event.type === 'failed') throw new Error(JSON.stringify(event.failure));
}

export type Batch = { readonly tasks: number; readonly atOnce: number };

export type BatchResult = { readonly perSecond: number; readonly errors: readonly string[] };

export async function runBatch(task: () => Promise<unknown>, { tasks, atOnce }: Batch): Promise<BatchResult> {
  const errors: string[] = [];
  let left = tasks;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await task().catch((error: unknown) => errors.push(String(error)));
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - startedAt) / 1_000;
  return { perSecond: Math.round(((tasks - errors.length) / seconds) * 10) / 10, errors };
}

/**
 * What a working day asks of the daemon, in small: short and long answers, tools, files, tasks that
 * take too long, and hang-ups. No provider fails: it would rest, and no task would reach it any more.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { workOn } from '../../src/simulation/scripted-work.ts';
import type { BenchHome } from '../bench-home.ts';
import { delegate } from '../delegate.ts';

const KINDS = ['short', 'look', 'long', 'short', 'write', 'look', 'late', 'left'] as const;
type Kind = (typeof KINDS)[number];

const LONG_ANSWER = 'A line of a long report.\n'.repeat(2_000);
const ANSWER_MS = 500;

export type Load = {
  /** Tasks that ended otherwise than their kind should. */
  readonly astray: () => readonly string[];
  readonly done: () => number;
  /** Waits for those that run. */
  readonly pause: () => Promise<void>;
  readonly goOn: () => void;
};

export function startLoad(bench: BenchHome, atOnce: number): Load {
  scriptProviders(bench);
  const astray: string[] = [];
  let done = 0;
  let runs = true;
  let next = 0;
  const work = async () => {
    while (runs) {
      const kind = KINDS[next % KINDS.length] ?? 'short';
      next += 1;
      const ending = await perform(bench, kind, `${kind} ${next}`);
      if (!isExpected(kind, ending)) astray.push(`${kind} ${next}: ${ending}`);
      done += 1;
    }
  };
  let workers: readonly Promise<void>[] = [];
  const goOn = () => {
    runs = true;
    workers = Array.from({ length: atOnce }, work);
  };
  goOn();
  return {
    astray: () => astray,
    done: () => done,
    pause: async () => {
      runs = false;
      await Promise.all(workers);
    },
    goOn,
  };
}

function scriptProviders({ providers: { google, openai }, home: { projectDir } }: BenchHome): void {
  google.on({
    answer: (request) => {
      const { lastUserText: prompt } = request;
      if (prompt.startsWith('left') || prompt.startsWith('late')) return { text: 'late', delayMs: 60_000 };
      if (prompt.startsWith('long')) return { text: LONG_ANSWER, delayMs: ANSWER_MS };
      if (!prompt.startsWith('look')) return { text: 'In money.js.', delayMs: ANSWER_MS };
      const steps = [{ kind: 'read', path: 'src/money.js' }] as const;
      return { ...workOn(request, { projectDir, steps, report: 'In money.js.' }), delayMs: ANSWER_MS };
    },
  });
  openai.on({
    answer: (request) => {
      const steps = [{ kind: 'write', path: `${request.lastUserText}.txt`, text: 'done' }] as const;
      return { ...workOn(request, { projectDir, steps, report: 'Done.' }), delayMs: ANSWER_MS };
    },
  });
}

async function perform(bench: BenchHome, kind: Kind, prompt: string): Promise<string> {
  const leaving = new AbortController();
  const { signal } = leaving;
  if (kind === 'left') void sleep(2 * ANSWER_MS).then(() => leaving.abort());
  const agent = kind === 'write' ? 'oh-my-claudecode:executor' : 'Explore';
  try {
    const patience = kind === 'late' ? { timeoutMs: 2 * ANSWER_MS } : {};
    const last = await delegate(bench, { prompt, agent, signal, ...patience });
    return last?.type === 'failed' ? last.failure.code : (last?.type ?? 'nothing');
  } catch (error) {
    return signal.aborted ? 'left' : String(error);
  }
}

function isExpected(kind: Kind, ending: string): boolean {
  if (kind === 'late') return ending === 'deadline-exceeded';
  return ending === (kind === 'left' ? 'left' : 'finished');
}

/** The engine that takes a cold `opencode run` for each turn: slower than any server, and in need of none. */
import type { Engine, EngineSession } from '../../../core/delegation/engine.ts';
import { readLogLine } from '../../../core/opencode/log-line.ts';
import { startColdProcess } from './cold-process.ts';
import { createFirstStart } from './first-start.ts';
import { prepareProcess } from './prepare-process.ts';
import type { RunEngineOptions } from './run-options.ts';
import { runTurn } from './run-turn.ts';

/** The process starts when the session is opened: it is half way up by the time the prompt is there. */
export function createRunEngine(options: RunEngineOptions): Engine {
  const { conversations, databaseFile } = options;
  const firstStart = createFirstStart();
  return {
    open: async (work, signal) => {
      const spec = await prepareProcess(options, work);
      await firstStart.pass(signal);
      const onLogLine = (line: string) => {
        options.onOutput?.(line);
        if (readLogLine(line)?.kind === 'booted') firstStart.done();
      };
      const process = startColdProcess({ ...spec, onLogLine });
      firstStart.began(process.exited);
      const patience = { startTimeoutMs: options.startTimeoutMs, stallTimeoutMs: options.stallTimeoutMs() };
      const session: EngineSession = {
        run: (turn, turnSignal) => {
          const onSession = (session: string) =>
            conversations.remember(turn.conversation, { serverId: databaseFile, place: 'run', session });
          return runTurn({ process, work, turn, patience, onSession }, turnSignal);
        },
        discard: process.end,
      };
      return session;
    },
  };
}

// One headless session of the real Claude Code that is told one thing after the other.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { type ClaudeEvent, parseClaudeEvent } from '../../src/simulation/claude-events.ts';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import type { Omcm } from './use-omcm.ts';

export interface ClaudeConversation {
  /** What Claude Code told from then on to the end of its turn. */
  readonly say: (text: string) => Promise<readonly ClaudeEvent[]>;
  readonly sessionId: () => string;
  /** How many have ended, also those in which nobody said anything. */
  readonly turns: () => number;
  /** Closes its input, and waits until it has gone. */
  readonly end: () => Promise<number | null>;
}

const TURN_LIMIT_MS = 120_000;

export function startConversation(
  omcm: Omcm,
  { pluginDirs, args = [] }: { readonly pluginDirs: readonly string[]; readonly args?: readonly string[] },
): ClaudeConversation {
  const { claude } = findBinaries();
  if (claude === undefined) throw new Error('Claude Code is not installed');
  const child = spawn(
    claude,
    [
      '-p',
      ...['--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'],
      ...pluginDirs.flatMap((folder) => ['--plugin-dir', folder]),
      '--replay-user-messages',
      ...['--allowedTools', 'Task,Agent'],
      ...args,
    ],
    { cwd: omcm.home.projectDir, env: omcm.env(), stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr += piece;
  });
  const events: ClaudeEvent[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = parseClaudeEvent(line);
    if (event !== undefined) events.push(event);
    for (const listener of listeners) listener();
  });

  /** Its own turn: a background agent's end is told in a turn of its own, which may come before. */
  const untilTurnEnds = (uuid: string): Promise<readonly ClaudeEvent[]> =>
    new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        listeners.delete(look);
        settle();
      };
      const look = () => {
        const from = events.findIndex((event) => event.type === 'user' && event.uuid === uuid);
        const turn = from === -1 ? [] : events.slice(from);
        if (turn.some(({ type }) => type === 'result')) finish(() => resolve(turn));
      };
      const giveUp = () => finish(() => reject(new Error(`Claude Code did not answer.\n${stderr}`)));
      const timer = setTimeout(giveUp, TURN_LIMIT_MS);
      listeners.add(look);
      void gone.then(giveUp);
      look();
    });

  return {
    say: (text) => {
      const uuid = randomUUID();
      const message = { role: 'user', content: text };
      child.stdin.write(`${JSON.stringify({ type: 'user', uuid, message })}\n`);
      return untilTurnEnds(uuid);
    },
    turns: () => events.filter(({ type }) => type === 'result').length,
    sessionId: () => String(events.find(({ session_id: id }) => typeof id === 'string')?.session_id ?? ''),
    end: () => {
      child.stdin.end();
      return gone;
    },
  };
}

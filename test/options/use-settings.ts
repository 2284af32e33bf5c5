import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { type Api, type ApiOptions, useApi } from '../daemon/support/use-api.ts';

export type Settings = Api & {
  /** As a user writes them, over those that the daemon has started with; they count from the next call. */
  readonly set: (config: object) => void;
  readonly ask: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  /** All events of a task or a run, once it is done. */
  readonly follow: <T>(path: string) => Promise<readonly T[]>;
  /** Starts a task of an agent that reads, with a script for the stand-in for OpenCode. */
  readonly begin: (script: object) => Promise<TaskStarted>;
};

type Read<T> = { readonly events: readonly T[]; readonly next: number; readonly done: boolean };

/** A daemon whose user changes a setting, and looks at what becomes of it. */
export async function useSettings(options: ApiOptions = {}): Promise<Settings> {
  const api = await useApi({ ...options, env: { LANG: 'C', ...options.env } });
  const ask: Settings['ask'] = async <T>(method: string, path: string, given?: unknown) => {
    const { status, body } = await api.request(method, path, given);
    // Asked on, an error that comes at once would never let a timer of the test run.
    if (status !== 200) throw new Error(`the daemon says ${status}: ${JSON.stringify(body)}`);
    return body as T;
  };
  return {
    ...api,
    set: (config) => {
      mkdirSync(dirname(api.paths.userConfigFile), { recursive: true });
      writeFileSync(api.paths.userConfigFile, JSON.stringify(config));
    },
    ask,
    follow: async <T>(path: string) => {
      const events: T[] = [];
      for (let from = 0; ; ) {
        const read = await ask<Read<T>>('GET', `${path}?from=${from}&wait=5000`);
        events.push(...read.events);
        if (read.done) return events;
        from = read.next;
      }
    },
    begin: (script) =>
      ask('POST', '/v1/tasks', {
        agent: 'explore',
        prompt: JSON.stringify(script),
        directory: api.projectDir,
      }),
  };
}

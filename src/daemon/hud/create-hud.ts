/** Keeps hud.json true: status lines read it, so that they answer at once, also while the daemon does not. */

import { startOfLocalDay } from '../../adapters/files/local-day.ts';
import type { OutcomeEntry } from '../../adapters/files/outcome-log.ts';
import { readOutcomes } from '../../adapters/files/read-outcomes.ts';
import { writePrivateFile } from '../../adapters/files/write-private-file.ts';
import { resolveAgent } from '../../core/agents/resolve-agent.ts';
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { Config } from '../../core/config/schema.ts';
import { HUD_WRITTEN_EVERY_MS, type HudRescue, type HudState } from '../../core/hud/hud-state.ts';
import { PRESETS } from '../../core/hud/hud-template.ts';
import { type LineLook, renderSessionLine, type SessionLine } from '../../core/hud/session-line.ts';
import type { RescueStanding } from '../../core/native-tools/rescue-standing.ts';
import { modeOf } from '../../core/routing/assemble-input.ts';
import type { ClaudeMessage } from '../../core/savings/claude-usage.ts';
import type { FallbackStatus } from '../../protocol/quota.ts';
import type { RoutingInputs } from '../routing/routing-inputs.ts';
import { createHudBook } from './hud-book.ts';

export type Hud = {
  start(): void;
  taskEnded(line: OutcomeEntry): void;
  claudeSpent(messages: readonly ClaudeMessage[]): void;
  failedOpen(): void;
  /** Something that it shows may be another now. */
  changed(): void;
  /** The line of a session; `null` where it stands under another tool's, which is not ours to run. */
  line(asked: AskedLine): Promise<string | null>;
  stop(): Promise<void>;
};

export type AskedLine = Pick<SessionLine, 'sessionId' | 'told' | 'fallback'> & {
  readonly look: Omit<LineLook, 'locale'>;
};

export type HudOptions = {
  readonly file: string;
  readonly outcomeLogFile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly inputs: RoutingInputs;
  readonly quota: () => Promise<FallbackStatus>;
  readonly modes: () => readonly { readonly sessionId: string; readonly mode: string }[];
  readonly rescues: () => readonly RescueStanding[];
  readonly tasks: () => { readonly running: number; readonly waiting: number };
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

/** The file is true to within this. */
const WRITE_AFTER_MS = 250;

export function createHud(options: HudOptions): Hud {
  const { file, env, inputs, quota, tasks, now, onProblem } = options;
  const book = createHudBook(now);
  let failedOpenAt: number | null = null;
  let written = '';
  let soon: NodeJS.Timeout | null = null;
  let isStopped = false;
  let regularly: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let isFailing = false;

  const gather = async (): Promise<HudState> => {
    const [{ config }, fusion, status] = await Promise.all([
      inputs.config(undefined),
      inputs.fusion(),
      quota(),
    ]);
    const isOn = config.routing.enabled && fusion.enabled;
    const { running, waiting } = tasks();
    const tierOf = (agent: string) => resolveAgent(agent, config.agents).agent.tier;
    return {
      pid: process.pid,
      settings: settingsOf(config, env),
      mode: isOn ? modeOf(config.mode, fusion.mode) : 'off',
      sessionModes: Object.fromEntries(options.modes().map(({ sessionId, mode }) => [sessionId, mode])),
      fallback: status.active,
      rescues: Object.fromEntries(options.rescues().flatMap(toRescue)),
      running,
      waiting,
      windows: status.readings
        .filter(({ current }) => current)
        .map(({ window, percent, resetsAt }) => ({ window, percent, resetsAt })),
      saved: book.saved({ ...config.savings, tierOf }),
      failedOpenAt,
      sessions: book.sessions(),
    };
  };
  const write = async () => {
    const text = JSON.stringify(await gather());
    if (text === written) return;
    await writePrivateFile(file, `${text}\n`, { durable: false });
    written = text;
    isFailing = false;
  };
  const writeInTurn = () => {
    soon = null;
    writing = writing.then(write).catch((error: unknown) => {
      // Once for each time that the trouble begins, and not with every try.
      if (!isFailing) onProblem('hud', String(error));
      isFailing = true;
    });
    return writing;
  };
  const changed = () => {
    if (isStopped) return;
    soon ??= setTimeout(writeInTurn, WRITE_AFTER_MS).unref();
  };
  const writeAnew = () => {
    written = '';
    changed();
  };
  const readToday = async () => {
    const today = startOfLocalDay(now());
    for (const task of await readOutcomes(options.outcomeLogFile))
      if (task.timestamp >= today) book.addTask(task);
    changed();
  };

  return {
    start: () => {
      readToday().catch((error: unknown) => onProblem('hud', String(error)));
      // Also what others change in files of ours, such as the mode, is seen this late at most.
      regularly ??= setInterval(writeAnew, HUD_WRITTEN_EVERY_MS).unref();
    },
    taskEnded: (line) => {
      book.addTask(line);
      changed();
    },
    claudeSpent: (messages) => {
      if (messages.length === 0) return;
      book.addClaude(messages);
      changed();
    },
    failedOpen: () => {
      failedOpenAt = now();
      changed();
    },
    changed,
    line: async ({ look, ...asked }) => {
      const state = await gather();
      if (state.settings.wrap !== '') return null;
      const today = startOfLocalDay(now());
      const line = { ...asked, state, isAlive: true, isToday: (at: number) => at >= today, now: now() };
      return renderSessionLine(line, { ...look, locale: state.settings.locale });
    },
    stop: async () => {
      isStopped = true;
      if (regularly !== null) clearInterval(regularly);
      if (soon !== null) clearTimeout(soon);
      await writeInTurn();
    },
  };
}

function toRescue({ sessionId, state, model, until }: RescueStanding): readonly [string, HudRescue][] {
  if (model === null || (state !== 'offered' && state !== 'answering')) return [];
  return [[sessionId, { state, model, until }]];
}

function settingsOf(
  { hud, locale, routing, threshold }: Config,
  env: NodeJS.ProcessEnv,
): HudState['settings'] {
  return {
    template: hud.template === '' ? PRESETS[hud.preset] : hud.template,
    locale: pickLocale(locale, env),
    warnAt: routing.usageThreshold,
    threshold,
    wrap: hud.wrap,
  };
}

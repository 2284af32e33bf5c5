/** What does a status line cost: its text, and the process that Claude Code starts for it? */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRESETS } from '../src/core/hud/hud-template.ts';
import { type HudView, renderHud } from '../src/core/hud/render-hud.ts';
import { type BenchHome, PLUGIN_DIR, withBenchHome } from './bench-home.ts';
import { atMost, type Section } from './section.ts';
import { median } from './statistics.ts';
import { timeCallsNs } from './time-calls.ts';

const ROUNDS = 41;

export const HUD: Section = {
  name: 'hud',
  about: 'the status line',
  measure: async () => {
    const { lineMs, nothingMs } = measureProgram();
    const shell = await withBenchHome(measureShell);
    const ratioOf = (ms: number, toMs: number) => Math.round((ms / toMs) * 100) / 100;
    return {
      rows: [
        atMost('hud, text', Math.round(measureTextNs() / 1_000) / 1_000, [0.2, 'ms']),
        atMost('hud, process against `node -e 0`', ratioOf(lineMs, nothingMs), [1.4, 'times']),
        atMost('hud, shell and curl against `node -e 0`', ratioOf(shell.lineMs, shell.nothingMs), [
          0.6,
          'times',
        ]),
      ],
      notes: [
        `medians of ${ROUNDS}: ${lineMs.toFixed(1)} ms, \`node -e 0\` ${nothingMs.toFixed(1)} ms`,
        `by the shell ${shell.lineMs.toFixed(1)} ms, \`node -e 0\` ${shell.nothingMs.toFixed(1)} ms`,
      ],
    };
  },
};

function measureTextNs(): number {
  const now = Date.now();
  const flow = { in: 25_800, out: 567 };
  const view: HudView = {
    flows: { claude: flow, openai: flow, gemini: flow, mistral: flow },
    mode: 'fusion',
    windows: [
      { window: 'fiveHour', percent: 42, resetsAt: now + 9_000_000 },
      { window: 'weekly', percent: 92, resetsAt: now + 90_000_000 },
    ],
    fallback: true,
    rescue: null,
    running: 2,
    waiting: 1,
    savedTokens: { low: 9_500, high: 11_600 },
    failedOpen: true,
    stale: true,
  };
  const look = {
    template: PRESETS.full,
    locale: 'ko',
    colours: true,
    columns: 80,
    warnAt: 70,
    threshold: 90,
    now,
  } as const;
  return timeCallsNs(() => renderHud(view, look));
}

type Times = { readonly lineMs: number; readonly nothingMs: number };

/** Of Node's program, which needs no daemon. */
function measureProgram(): Times {
  const home = mkdtempSync(join(tmpdir(), 'omcm-bench-hud-'));
  try {
    const stateDir = join(home, '.omcm');
    mkdirSync(stateDir);
    const state = { pid: process.pid, mode: 'fusion', sessions: { s: { claude: { in: 1, out: 2 } } } };
    writeFileSync(join(stateDir, 'hud.json'), JSON.stringify(state));
    const env = { ...process.env, HOME: home, OMCM_HOME: stateDir };
    return measureInTurn([process.execPath, join(PLUGIN_DIR, 'dist', 'status-line.cjs')], env);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** With a daemon that answers, or it would be Node's program after all. */
async function measureShell({ start, env }: BenchHome): Promise<Times> {
  await start();
  return measureInTurn(['sh', join(PLUGIN_DIR, 'scripts', 'status-line.sh')], env);
}

/** So that a machine that slows down slows both. */
function measureInTurn(line: readonly string[], given: NodeJS.ProcessEnv): Times {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = given;
  const time = ([program = '', ...words]: readonly string[]) => {
    const startedAt = performance.now();
    const { status } = spawnSync(program, words, { input: '{"session_id":"s"}', env });
    if (status !== 0) throw new Error(`${program} ended with ${status}`);
    return performance.now() - startedAt;
  };
  const rounds = Array.from({ length: ROUNDS }, () => ({
    line: time(line),
    nothing: time([process.execPath, '-e', '0']),
  }));
  return {
    lineMs: median(rounds.map((round) => round.line)),
    nothingMs: median(rounds.map(({ nothing }) => nothing)),
  };
}

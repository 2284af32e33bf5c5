// The commands. Of each only its name and a line are known at first; what it needs is loaded when it is used.
import { COMPLETION } from './completion/names.ts';
import type { DefineCommand } from './define-command.ts';
import type { Messages } from './messages.ts';

type CommandEntry = {
  readonly name: string;
  readonly summary: (m: Messages) => string;
  readonly load: () => Promise<DefineCommand>;
};

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: (m) => m.program.demoSummary,
    load: async () => (await import('./commands/demo.ts')).defineDemo,
  },
  {
    name: 'route',
    summary: (m) => m.route.summary,
    load: async () => (await import('./commands/route.ts')).defineRoute,
  },
  {
    name: 'rules',
    summary: (m) => m.rules.summary,
    load: async () => (await import('./commands/rules.ts')).defineRules,
  },
  {
    name: 'why',
    summary: (m) => m.why.summary,
    load: async () => (await import('./commands/why.ts')).defineWhy,
  },
  {
    name: 'replay',
    summary: (m) => m.replay.summary,
    load: async () => (await import('./commands/replay.ts')).defineReplay,
  },
  {
    name: 'run',
    summary: (m) => m.run.summary,
    load: async () => (await import('./commands/run.ts')).defineRun,
  },
  {
    name: 'batch',
    summary: (m) => m.batch.summary,
    load: async () => (await import('./commands/batch.ts')).defineBatch,
  },
  {
    name: 'runs',
    summary: (m) => m.runs.summary,
    load: async () => (await import('./commands/runs.ts')).defineRuns,
  },
  {
    name: 'worker',
    summary: (m) => m.worker.summary,
    load: async () => (await import('./commands/worker.ts')).defineWorker,
  },
  {
    name: 'context',
    summary: (m) => m.context.summary,
    load: async () => (await import('./commands/context.ts')).defineContext,
  },
  {
    name: 'note',
    summary: (m) => m.note.summary,
    load: async () => (await import('./commands/note.ts')).defineNote,
  },
  {
    name: 'handoff',
    summary: (m) => m.handoff.summary,
    load: async () => (await import('./commands/handoff.ts')).defineHandoff,
  },
  {
    name: 'ask',
    summary: (m) => m.ask.summary,
    load: async () => (await import('./commands/ask.ts')).defineAsk,
  },
  {
    name: 'autopilot',
    summary: (m) => m.autopilot.summary,
    load: async () => (await import('./commands/autopilot.ts')).defineAutopilot,
  },
  {
    name: 'budget',
    summary: (m) => m.budget.summary,
    load: async () => (await import('./commands/budget.ts')).defineBudget,
  },
  {
    name: 'savings',
    summary: (m) => m.savings.summary,
    load: async () => (await import('./commands/savings.ts')).defineSavings,
  },
  {
    name: 'status',
    summary: (m) => m.status.summary,
    load: async () => (await import('./commands/status.ts')).defineStatus,
  },
  {
    name: 'stats',
    summary: (m) => m.stats.summary,
    load: async () => (await import('./commands/stats.ts')).defineStats,
  },
  {
    name: 'metrics',
    summary: (m) => m.metrics.summary,
    load: async () => (await import('./commands/metrics.ts')).defineMetrics,
  },
  {
    name: 'hud',
    summary: (m) => m.hud.summary,
    load: async () => (await import('./commands/hud.ts')).defineHud,
  },
  {
    name: 'dashboard',
    summary: (m) => m.dashboard.summary,
    load: async () => (await import('./commands/dashboard.ts')).defineDashboard,
  },
  {
    name: 'top',
    summary: (m) => m.top.summary,
    load: async () => (await import('./commands/top.ts')).defineTop,
  },
  {
    name: 'daemon',
    summary: (m) => m.daemon.summary,
    load: async () => (await import('./commands/daemon.ts')).defineDaemon,
  },
  {
    name: 'pool',
    summary: (m) => m.pool.summary,
    load: async () => (await import('./commands/pool.ts')).definePool,
  },
  {
    name: 'fallback',
    summary: (m) => m.fallback.summary,
    load: async () => (await import('./commands/fallback.ts')).defineFallback,
  },
  {
    name: 'rescue',
    summary: (m) => m.rescue.summary,
    load: async () => (await import('./commands/rescue.ts')).defineRescue,
  },
  {
    name: 'mode',
    summary: (m) => m.mode.summary,
    load: async () => (await import('./commands/mode.ts')).defineMode,
  },
  {
    name: 'config',
    summary: (m) => m.config.summary,
    load: async () => (await import('./commands/config.ts')).defineConfig,
  },
  {
    name: 'setup',
    summary: (m) => m.setup.summary,
    load: async () => (await import('./commands/setup.ts')).defineSetup,
  },
  {
    name: 'uninstall',
    summary: (m) => m.uninstall.summary,
    load: async () => (await import('./commands/uninstall.ts')).defineUninstall,
  },
  {
    name: 'update',
    summary: (m) => m.update.summary,
    load: async () => (await import('./commands/update.ts')).defineUpdate,
  },
  {
    name: COMPLETION,
    summary: (m) => m.completion.summary,
    load: async () => (await import('./commands/completion.ts')).defineCompletion,
  },
  {
    name: 'agents',
    summary: (m) => m.agents.summary,
    load: async () => (await import('./commands/agents.ts')).defineAgents,
  },
  {
    name: 'trust',
    summary: (m) => m.trust.summary,
    load: async () => (await import('./commands/trust.ts')).defineTrust,
  },
  {
    name: 'consent',
    summary: (m) => m.consent.summary,
    load: async () => (await import('./commands/consent.ts')).defineConsent,
  },
  {
    name: 'doctor',
    summary: (m) => m.doctor.summary,
    load: async () => (await import('./commands/doctor.ts')).defineDoctor,
  },
];

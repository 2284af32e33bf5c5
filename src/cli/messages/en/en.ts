import { agents } from './agents.ts';
import { ask } from './ask.ts';
import { autopilot } from './autopilot.ts';
import { batch } from './batch.ts';
import { budget } from './budget.ts';
import { config } from './config.ts';
import { consent } from './consent.ts';
import { context } from './context.ts';
import { daemon } from './daemon.ts';
import { dashboard, top } from './dashboard.ts';
import { doctor } from './doctor.ts';
import { failures } from './failures.ts';
import { fallback } from './fallback.ts';
import { handoff } from './handoff.ts';
import { hud } from './hud.ts';
import { metrics } from './metrics.ts';
import { mode } from './mode.ts';
import { note } from './note.ts';
import { pool } from './pool.ts';
import { program } from './program.ts';
import { replay } from './replay.ts';
import { rescue } from './rescue.ts';
import { route } from './route.ts';
import { rules } from './rules.ts';
import { run } from './run.ts';
import { runs } from './runs.ts';
import { savings } from './savings.ts';
import { completion, setup, uninstall } from './setup.ts';
import { simulate } from './simulate.ts';
import { stats } from './stats.ts';
import { status } from './status.ts';
import { trust } from './trust.ts';
import { update } from './update.ts';
import { usage } from './usage.ts';
import { why } from './why.ts';
import { worker } from './worker.ts';

export const en = {
  program,
  usage,
  failures,
  rescue,
  route,
  run,
  daemon,
  pool,
  fallback,
  mode,
  config,
  context,
  note,
  handoff,
  doctor,
  why,
  replay,
  rules,
  ask,
  batch,
  budget,
  runs,
  setup,
  uninstall,
  update,
  completion,
  trust,
  consent,
  agents,
  simulate,
  stats,
  status,
  metrics,
  autopilot,
  savings,
  hud,
  dashboard,
  top,
  worker,
};

export type Messages = typeof en;

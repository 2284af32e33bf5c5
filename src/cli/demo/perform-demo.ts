// Plays the demo, and ends whatever it has started, however it went.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from '../output.ts';
import type { DemoReport } from './demo-report.ts';
import type { Play } from './play-act.ts';
import { playDemo } from './play-demo.ts';
import { createStartedProcesses } from './processes/started-processes.ts';
import { stopDaemon } from './processes/stop-daemon.ts';
import type { Stage } from './stages/stage.ts';

export async function performDemo(
  play: Omit<Play, 'processes'>,
  { keep, output }: { readonly keep: boolean; readonly output: Output },
): Promise<DemoReport> {
  const { stage, screen, look } = play;
  const processes = createStartedProcesses();
  let report: DemoReport | null = null;
  let left: readonly number[] = [];
  try {
    report = await playDemo({ ...play, processes });
  } finally {
    screen.busy(look.words.busyCleaning);
    try {
      left = await stopDaemon(stage, processes);
      if (keep) keepEvidence(stage, report);
    } finally {
      await stage.close(keep);
      screen.idle();
    }
    if (keep && report === null) output.complain(look.words.keptIn(stage.home.root));
  }
  const faults = left.map((pid) => ({ code: 'left-behind', pid }) as const);
  return {
    ...report,
    faults: [...report.faults, ...faults],
    folder: keep ? stage.home.root : null,
  };
}

function keepEvidence(stage: Stage, report: DemoReport | null): void {
  for (const [name, value] of Object.entries({ ...stage.evidence(), report })) {
    writeFileSync(join(stage.home.root, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`, {
      mode: 0o600,
    });
  }
}

// The programs as Claude Code gets them, built from today's sources, in whichever version a test needs.

import { join } from 'node:path';
import { BUNDLES } from '../../../scripts/build/bundles.mjs';
import { writeBundle } from '../../../scripts/build/write-bundle.mjs';
import { buildOnce } from '../../support/build-once.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export type Programs = {
  readonly version: string;
  readonly daemon: string;
  readonly preToolUse: string;
  readonly sessionStart: string;
  readonly userPromptSubmit: string;
  readonly stopFailure: string;
  readonly statusLine: string;
  readonly report: string;
};

export async function buildPrograms(version = '1.0.0'): Promise<Programs> {
  const bundles = BUNDLES['plugin/dist']?.filter(({ entries }) => !('register' in entries)) ?? [];
  const outdir = await buildOnce(`programs-${version}`, (folder) =>
    Promise.all(bundles.map((bundle) => writeBundle(bundle, { root: ROOT, outdir: folder, version }))),
  );
  return {
    version,
    daemon: join(outdir, 'omcmd.js'),
    preToolUse: join(outdir, 'pre-tool-use.js'),
    sessionStart: join(outdir, 'session-start.js'),
    userPromptSubmit: join(outdir, 'user-prompt-submit.js'),
    stopFailure: join(outdir, 'stop-failure.js'),
    statusLine: join(outdir, 'status-line.cjs'),
    report: join(outdir, 'report.js'),
  };
}

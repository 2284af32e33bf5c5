// The programs as Claude Code gets them, built from today's sources, in whichever version a test needs.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { BUNDLES } from '../../../scripts/build/bundles.mjs';
import { writeBundle } from '../../../scripts/build/write-bundle.mjs';

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

export const TEST_FOLDER_PREFIX = `omcm-test-${process.env.OMCM_TEST_RUN ?? 'alone'}-`;

/** For the tests of one file: call it at the file's top level. Gone after its last test. */
export async function buildPrograms(version = '1.0.0'): Promise<Programs> {
  const outdir = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));
  const bundles = BUNDLES['plugin/dist']?.filter(({ entries }) => !('register' in entries)) ?? [];
  await Promise.all(bundles.map((bundle) => writeBundle(bundle, { root: ROOT, outdir, version })));
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

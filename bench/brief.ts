/**
 * What does the brief of its session add to a delegated call? How long it takes to build, in a session that Claude Code
 * has written down and goes on with: a task waits for it at most that long, less what it waits for anyway. And the same
 * calls with and without it, in turn, from the post to the first byte at the provider.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolvePaths } from '../src/adapters/files/paths.ts';
import { DEFAULT_CONFIG } from '../src/core/config/default-config.ts';
import { silentLog } from '../src/daemon/log/log.ts';
import { createSessionContexts } from '../src/daemon/sessions/session-contexts.ts';
import type { JournaledRequest } from '../src/simulation/journaled-request.ts';
import { type BenchHome, withBenchHome } from './bench-home.ts';
import { timeTask } from './delegate.ts';
import { atMost, type Section } from './section.ts';
import { type Summary, summarise } from './statistics.ts';

const BUILDS = 60;
const PAIRS = 20;
/** The first ones load what the later ones find loaded. */
const UNCOUNTED = 3;
const PROMPT = 'Where is the price of an item formatted? Name the file and the function.';
const RECORDED = 'test/fixtures/transcripts/work.jsonl';
const FROM_THE_BRIEF = 'Make the till speak euros';

type Measured = { readonly build: Summary; readonly without: Summary; readonly withIt: Summary };

export const BRIEF: Section = {
  name: 'brief',
  about: 'time that the brief of the session adds to a delegated call',
  measure: async () => {
    const { build, without, withIt } = await withBenchHome(measureBrief);
    return {
      // The limit is that of all that we add together.
      rows: [atMost('brief of the session built, median', build.median, [15, 'ms'])],
      notes: [
        `built                     ${tell(build)}`,
        `calls without it          ${tell(without)}`,
        `calls with it             ${tell(withIt)}`,
      ],
      data: { build, without, withIt },
    };
  },
};

async function measureBrief(home: BenchHome): Promise<Measured> {
  home.providers.google.on({ answer: { text: 'In money.js.' } });
  const transcript = writeTranscript(home);
  const build = await timeBuilds(home, transcript);
  await home.warm();
  const without: number[] = [];
  const withIt: number[] = [];
  for (let pair = 0; pair < PAIRS + UNCOUNTED; pair += 1) {
    without.push(await timeCall(home, transcript, 'none'));
    withIt.push(await timeCall(home, transcript, 'brief'));
  }
  const counted = (times: readonly number[]) => summarise(times.slice(UNCOUNTED));
  return { build, without: counted(without), withIt: counted(withIt) };
}

/** As the daemon does it, with all that it finds in the project and in its own folder. */
async function timeBuilds({ home }: BenchHome, transcript: string): Promise<Summary> {
  const paths = resolvePaths({ env: {}, home: home.home, platform: 'linux', tmpDir: '/tmp', uid: null });
  const contexts = createSessionContexts({
    paths,
    sessions: { get: () => undefined },
    now: Date.now,
    log: silentLog(),
  });
  const times: number[] = [];
  for (let count = 0; count < BUILDS + UNCOUNTED; count += 1) {
    appendFileSync(transcript, said(count));
    const startedAt = performance.now();
    const brief = await contexts.tell(
      { sessionId: SESSION, directory: home.projectDir },
      DEFAULT_CONFIG.context,
    );
    times.push(performance.now() - startedAt);
    if (!brief.includes(FROM_THE_BRIEF)) throw new Error(`no brief: ${brief}`);
  }
  return summarise(times.slice(UNCOUNTED));
}

async function timeCall(home: BenchHome, transcript: string, delegation: 'none' | 'brief'): Promise<number> {
  home.configure({ context: { delegation } });
  const { google } = home.providers;
  const seen = google.journal().length;
  appendFileSync(transcript, said(seen));
  const postedAt = Date.now();
  await timeTask(home, { prompt: PROMPT, sessionId: SESSION });
  const request = google.journal().slice(seen).find(isTask);
  if (request === undefined || isTold(request) !== (delegation === 'brief'))
    throw new Error(`${delegation}: the provider was asked otherwise`);
  return request.at - postedAt;
}

const SESSION = 'session-of-the-bench';

function writeTranscript({ home }: BenchHome): string {
  const name = home.projectDir.replace(/[^A-Za-z0-9]/g, '-');
  const file = join(home.home, '.claude', 'projects', name, `${SESSION}.jsonl`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, readFileSync(join(process.env.OMCM_ROOT ?? process.cwd(), RECORDED)));
  return file;
}

function said(call: number): string {
  const content = [{ type: 'text', text: `I look at place ${call}.` }];
  return `${JSON.stringify({ type: 'assistant', message: { content }, sessionId: SESSION })}\n`;
}

function isTask({ lastUserText }: JournaledRequest): boolean {
  return lastUserText === PROMPT;
}

function isTold({ body }: JournaledRequest): boolean {
  return JSON.stringify(body).includes(FROM_THE_BRIEF);
}

function tell({ median: middle, min, max, n }: Summary): string {
  return `${middle} ms (${min} to ${max}, n ${n})`;
}

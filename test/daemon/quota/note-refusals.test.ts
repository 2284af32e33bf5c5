import { pino } from 'pino';
import { expect, it } from 'vitest';
import { providerLimitsSpec } from '../../../src/adapters/files/provider-limits.ts';
import { readStateFile } from '../../../src/adapters/files/state-file.ts';
import { NO_TOKENS } from '../../../src/core/delegation/engine.ts';
import { type Failure, failure } from '../../../src/core/delegation/failure.ts';
import { decideRoute } from '../../../src/core/routing/decide-route.ts';
import { noteRefusals } from '../../../src/daemon/quota/note-refusals.ts';
import { createQuotaService } from '../../../src/daemon/quota/quota-service.ts';
import { createDecisionNotes } from '../../../src/daemon/routing/decision-notes.ts';
import { createRoutingInputs } from '../../../src/daemon/routing/routing-inputs.ts';
import { createNotices } from '../../../src/daemon/sessions/notices.ts';
import { createJournal } from '../../../src/daemon/tracking/create-journal.ts';
import { createRecorder } from '../../../src/daemon/tracking/create-recorder.ts';
import { createProblemList } from '../../../src/daemon/tracking/problem-list.ts';
import type { Ended } from '../../../src/daemon/tracking/recorder.ts';
import { input } from '../../core/routing/route-input.ts';
import { useDaemonHome } from '../support/use-daemon-home.ts';

const NOW = Date.UTC(2026, 0, 28, 12);

function ended(failed: Failure | null): Ended {
  const decision = decideRoute(input({ mode: 'fusion' }));
  if (!decision.route) throw new Error('must be routed');
  const request = {
    agent: 'architect',
    prompt: 'x',
    directory: '/',
    permissionMode: 'default',
    resumed: false,
    toolName: 'Agent',
    via: 'mod' as const,
  };
  const outcome = {
    tokens: NO_TOKENS,
    costUsd: 0,
    filesChanged: [],
    model: 'gpt-5.2',
    provider: 'openai',
    durationMs: 1,
    fullTextFile: null,
  };
  return {
    requestId: 'r',
    request,
    decision,
    outcome,
    failure: failed,
    begun: false,
    contextChars: 0,
    via: null,
    spent: [],
    answerTokens: 0,
  };
}

it('a provider that refuses for its quota is written down, with when it may be asked again; others are not', async () => {
  const { paths, env } = useDaemonHome();
  const parts = { paths, now: () => NOW, log: pino({ level: 'silent' }) };
  const problems = createProblemList(parts.now);
  const journal = createJournal({ paths, onProblem: problems.problem });
  const notes = createDecisionNotes();
  const deaf = { track: () => {}, onOutcome: () => {}, onFailedOpen: () => {} };
  const recorder = createRecorder({ ...parts, journal, problems, notes, ...deaf });
  const inputs = createRoutingInputs({ paths, env: env(), onProblem: recorder.problem });
  const notices = createNotices({ now: () => NOW, env: env() });
  const quota = createQuotaService({ ...parts, inputs, notices, onProblem: recorder.problem });
  const noting = noteRefusals(recorder, quota);

  for (const failed of [
    null,
    failure('server-died'),
    failure('provider-rate-limited', { retryAfterMs: 30_000 }),
  ])
    noting.ended(ended(failed));
  await quota.stop();
  await recorder.flush();

  const read = await readStateFile(providerLimitsSpec(paths.providerLimitsFile));
  expect(read).toMatchObject({
    kind: 'ok',
    value: {
      claude: { fiveHour: null },
      openai: { refusal: { code: 'provider-rate-limited', refusedAt: NOW, until: NOW + 30_000 } },
    },
  });
});

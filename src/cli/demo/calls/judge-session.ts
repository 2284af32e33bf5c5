// Did the session end well, and did each call bring back what it was made for?
import type { ReferenceCall } from '../../../simulation/reference-calls.ts';
import type { Fault, RunName } from './fault.ts';
import type { ObservedCall } from './observe-calls.ts';
import type { SessionEnd } from './session.ts';

export type JudgedSession = {
  readonly run: RunName;
  readonly end: SessionEnd;
  readonly calls: readonly ObservedCall[];
  /** The text of each file that the subagents were to write; null where there is none. */
  readonly files: ReadonlyMap<string, string | null>;
};

export function judgeSession(
  session: JudgedSession,
  expected: readonly ReferenceCall[],
  options: { readonly answersAreScripted: boolean },
): readonly Fault[] {
  const { run, end } = session;
  const failed: readonly Fault[] = end.ok ? [] : [{ code: 'session-failed', run, detail: end.detail }];
  const faults = expected.flatMap((call) => judgeCall(session, call, options));
  return [...failed, ...faults];
}

function judgeCall(
  { run, calls, files }: JudgedSession,
  expected: ReferenceCall,
  { answersAreScripted }: { readonly answersAreScripted: boolean },
): readonly Fault[] {
  const { agent } = expected;
  const call = calls.find(
    (one) => one.agent === agent && (!answersAreScripted || one.prompt === expected.prompt),
  );
  if (call === undefined) return [{ code: 'call-missing', run, agent }];
  if (call.isError || (call.report ?? '').trim() === '') return [{ code: 'answer-missing', run, agent }];
  if (!answersAreScripted) return [];
  if (call.report?.trim() !== expected.report.trim()) return [{ code: 'answer-wrong', run, agent }];
  return expected.steps.flatMap((step): readonly Fault[] =>
    step.kind === 'write' && files.get(step.path)?.trim() !== step.text.trim()
      ? [{ code: 'work-missing', run, file: step.path }]
      : [],
  );
}

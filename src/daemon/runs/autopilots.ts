/** The autopilot of each session: what it works towards, how far it is, and the runs of its rounds. */
import { autopilotsSpec } from '../../adapters/files/autopilots.ts';
import { readStateFile, updateStateFile } from '../../adapters/files/state-file.ts';
import { advanceAutopilot } from '../../core/autopilot/advance-autopilot.ts';
import { beginAutopilot, isUnderWay } from '../../core/autopilot/autopilot.ts';
import type { AutopilotEvent, Refusal } from '../../core/autopilot/autopilot-event.ts';
import { remindConductor } from '../../core/autopilot/remind-conductor.ts';
import { describeExcess } from '../../core/budget/describe-check.ts';
import type {
  ParsedAutopilotStart,
  ParsedRoundRequest,
  ParsedVerdictRequest,
  SessionAutopilot,
} from '../../protocol/autopilot.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import type { Admission } from '../budget/admit-run.ts';
import { describePlanProblems } from './describe-plan-problems.ts';
import { type JudgedRun, judgeLostRun, judgeRun } from './judge-run.ts';
import type { RunList } from './run-list.ts';

export type AutopilotAnswer =
  | { readonly ok: true; readonly autopilot: SessionAutopilot }
  | { readonly ok: false; readonly code: AutopilotRefusal; readonly message: string };

export type AutopilotRefusal =
  | Refusal
  | 'no-autopilot'
  | 'autopilot-running'
  | 'round-running'
  | 'over-budget'
  | 'invalid';

export type Autopilots = {
  /** Reads those that an earlier daemon has left. */
  start(): Promise<void>;
  list(): readonly SessionAutopilot[];
  begin(request: ParsedAutopilotStart): Promise<AutopilotAnswer>;
  find(sessionId: string): Promise<AutopilotAnswer>;
  beginRound(sessionId: string, round: ParsedRoundRequest): Promise<AutopilotAnswer>;
  judgeRound(sessionId: string, verdict: ParsedVerdictRequest): Promise<AutopilotAnswer>;
  /** What the conductor is told in place of the end of its turn; `null`: it may end. */
  holdTurn(sessionId: string): Promise<string | null>;
  /** With the round that runs. */
  stop(sessionId: string): Promise<AutopilotAnswer>;
};

export type AutopilotParts = {
  readonly file: string;
  readonly runs: Pick<RunList, 'start' | 'find'>;
  readonly admitRun: (request: ParsedRunRequest) => Promise<Admission>;
  /** The session's subagents leave Claude as the tasks of its rounds do. */
  readonly onStart: (sessionId: string, directory: string) => void;
  readonly onEnd: (sessionId: string) => void;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

const KEPT = 50;

const HAS_ENDED = 'The autopilot of this session has ended.';

type Said = Exclude<AutopilotRefusal, 'invalid' | 'over-budget'>;

const MESSAGES: Readonly<Record<Said, string>> = {
  'no-autopilot': 'This session has no autopilot.',
  'autopilot-running': 'This session has an autopilot that has not ended; cancel it first.',
  'has-ended': HAS_ENDED,
  'round-open': 'A round is open: it is to be judged before the next one begins.',
  'round-running': 'The tasks of the round have not ended yet.',
};

export function createAutopilots(parts: AutopilotParts): Autopilots {
  const { file, runs, now, onProblem } = parts;
  const spec = autopilotsSpec(file);
  const known = new Map<string, SessionAutopilot>();
  let writing: Promise<unknown> = Promise.resolve();

  /** On disk before it is answered: a daemon that is killed then has lost nothing that anybody was told. */
  const keep = async (autopilot: SessionAutopilot): Promise<AutopilotAnswer> => {
    const { sessionId } = autopilot;
    if (!isUnderWay(autopilot)) parts.onEnd(sessionId);
    known.delete(sessionId);
    known.set(sessionId, autopilot);
    for (const id of [...known.keys()].slice(0, Math.max(0, known.size - KEPT))) known.delete(id);
    writing = writing.then(async () => {
      const update = await updateStateFile(spec, () => [...known.values()]);
      if (update.kind === 'failed') onProblem('autopilots-not-kept', update.failure.message);
    });
    await writing;
    return { ok: true, autopilot };
  };

  const advance = async (sessionId: string, event: AutopilotEvent): Promise<AutopilotAnswer> => {
    const autopilot = known.get(sessionId);
    if (autopilot === undefined) return refuse('no-autopilot');
    const advanced = advanceAutopilot(autopilot, event);
    if (!advanced.ok) return refuse(advanced.code);
    if (advanced.autopilot === autopilot) return { ok: true, autopilot };
    return keep({ ...advanced.autopilot, sessionId });
  };

  const look = async (sessionId: string): Promise<AutopilotAnswer> => {
    const looked = await advance(sessionId, { type: 'looked', at: now() });
    const autopilot = known.get(sessionId);
    return looked.ok || autopilot === undefined ? looked : { ok: true, autopilot };
  };

  const judgedRun = async (runId: string, tasks: readonly string[]): Promise<JudgedRun | null> => {
    const run = runs.find(runId);
    if (run === undefined) return judgeLostRun(tasks);
    const { events, done } = await run.read(0, 0);
    return done ? judgeRun(events) : null;
  };

  return {
    start: async () => {
      const read = await readStateFile(spec);
      if (read.kind === 'failed') onProblem('autopilots-not-read', read.failure.message);
      if (read.kind !== 'ok') return;
      for (const { message } of read.problems) onProblem('autopilots-damaged', message);
      for (const autopilot of read.value) known.set(autopilot.sessionId, autopilot);
    },
    list: () => [...known.values()],
    begin: async ({ sessionId, ...given }) => {
      const before = known.get(sessionId);
      if (before !== undefined && isUnderWay(before)) return refuse('autopilot-running');
      parts.onStart(sessionId, given.directory);
      return keep({ ...beginAutopilot({ ...given, startedAt: now() }), sessionId });
    },
    find: look,
    beginRound: async (sessionId, round) => {
      const looked = await look(sessionId);
      if (!looked.ok) return looked;
      const { stage, directory, limits, spentTokens } = looked.autopilot;
      if (stage.name !== 'planning') return refuse(stage.name === 'ended' ? 'has-ended' : 'round-open');
      const tokenBudget = limits.tokens === null ? null : Math.max(1, limits.tokens - spentTokens);
      const client = 'conductor';
      const admission = await parts.admitRun({ ...round, client, sessionId, directory, tokenBudget });
      if (admission.kind === 'refused') {
        await advance(sessionId, { type: 'budget-refused', at: now() });
        return { ok: false, code: 'over-budget', message: `${describeExcess(admission.check)} ${HAS_ENDED}` };
      }
      // Somebody else may have been quicker.
      if (known.get(sessionId)?.stage.name !== 'planning') return refuse('round-open');
      const run = runs.start(admission.request);
      if (!('read' in run)) return { ok: false, code: 'invalid', message: describePlanProblems(run) };
      const tasks = round.tasks.map(({ id }) => id);
      return advance(sessionId, { type: 'round-began', runId: run.id, tasks, at: now() });
    },
    judgeRound: async (sessionId, { checks, more }) => {
      const stage = known.get(sessionId)?.stage;
      const nothing: JudgedRun = { tasks: [], tokens: 0 };
      const judged = stage?.name === 'working' ? await judgedRun(stage.runId, stage.tasks) : nothing;
      if (judged === null) return refuse('round-running');
      return advance(sessionId, { type: 'round-judged', ...judged, checks, more, at: now() });
    },
    holdTurn: async (sessionId) => {
      const held = await advance(sessionId, { type: 'turn-ending', at: now() });
      return held.ok && isUnderWay(held.autopilot) ? remindConductor(held.autopilot) : null;
    },
    stop: async (sessionId) => {
      const stage = known.get(sessionId)?.stage;
      if (stage?.name === 'working') runs.find(stage.runId)?.cancel();
      return advance(sessionId, { type: 'stopped', at: now() });
    },
  };
}

function refuse(code: Said): AutopilotAnswer {
  return { ok: false, code, message: MESSAGES[code] };
}

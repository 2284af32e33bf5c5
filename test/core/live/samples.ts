import type { LiveDecision, LiveTask } from '../../../src/core/live/live-state.ts';

export const liveTask = (more: Partial<LiveTask> = {}): LiveTask => ({
  id: 'a',
  agent: 'explore',
  target: 'gemini/gemini-3-flash',
  worker: null,
  sessionId: null,
  runId: null,
  directory: '/p',
  prompt: 'look',
  state: 'running',
  startedAt: 0,
  endedAt: null,
  activity: '',
  text: '',
  tokens: null,
  failure: null,
  canCancel: true,
  ...more,
});

export const decision = (more: Partial<LiveDecision> = {}): LiveDecision => ({
  at: 0,
  requestId: 'r',
  agent: 'explore',
  sessionId: null,
  decision: 'route',
  reason: 'rule-x',
  provider: 'gemini',
  model: 'gemini-3-flash',
  durationMs: 1,
  steps: [],
  ...more,
});

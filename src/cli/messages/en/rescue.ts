import type { RescueState } from '../../../core/native-tools/rescue-standing.ts';

const states: Readonly<Record<RescueState, (model: string, since: string) => string>> = {
  offered: (model, since) =>
    `${model} could answer in Claude's place since ${since}; \`omcm rescue on\` allows it`,
  allowed: (model, since) => `${model} may answer in Claude's place (said ${since})`,
  answering: (model, since) => `${model} answers in Claude's place since ${since}`,
  refused: (_, since) => `nobody answers in Claude's place (said ${since})`,
};

export const rescue = {
  summary: "another model in Claude's place, in a session whose window is spent",
  statusSummary:
    'show what is set, and the sessions in which another model answers, since when and until when',
  onSummary: 'another model goes on with this session, until the window is back',
  offSummary: "nobody answers in Claude's place in this session, until the window is back",
  exampleStatus: 'for a script',
  exampleOn: 'say yes to the only session in this folder; in the session itself, type: rescue on',
  exampleOff: 'end it for one session, whatever is set for all',
  set: {
    off: 'Where Claude is spent, nothing happens by itself (rescue: off).',
    ask: 'Where Claude is spent, the session asks whether another model shall go on (rescue: ask).',
    auto: 'Where Claude is spent, another model goes on by itself, marked as such (rescue: auto).',
  },
  none: () => 'No session is gone on with by another model.',
  states,
  another: () => 'another model',
  until: (time: string) => `, until ${time}`,
};

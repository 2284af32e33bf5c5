import type { DecisionStep } from '../../../core/routing/decision.ts';

/** Why that step lets the subagent go, or keeps it. */
const WHY: Readonly<Record<DecisionStep, readonly [routed: string, kept: string]>> = {
  switch: ['the switch', 'routing is switched off'],
  force: ['your own rule, whatever else holds', 'your own rule, whatever else holds'],
  agent: ['the agent itself', 'an agent that is not routed unless you name it in the configuration'],
  fallback: ['Claude is out, so everything is routed', 'fallback'],
  limit: ['a window of Claude is spent, so everything is routed', 'the limit'],
  rule: ['your own rule', 'your own rule'],
  session: ['the mode of this session routes it', 'the mode of this session keeps it'],
  usage: ['Claude gets scarce, and autoHandoff is on', 'the warning'],
  pace: ['at this pace the window would not last', 'the pace'],
  mode: ['the mode routes it', 'the mode keeps it'],
  default: ['the default', 'nothing asks for routing; modes are shadow, save-tokens and fusion'],
  target: ['its model', 'none of the models of its role is connected in OpenCode'],
  trust: ['trusted', 'the project brings files that OpenCode would run; omcm trust allows it'],
  shadow: ['shadow mode', 'shadow mode looks on: it would have been routed, and nothing is'],
  permission: ['permitted', 'it edits files, and the permission mode leaves that to Claude'],
  budget: ['within the budget', 'a budget of yours is spent; see `omcm budget`'],
  task: ['the model was named', 'the task itself cannot go there'],
};

export const route = {
  summary: 'tell what would happen to a subagent, and why, without running it',
  optionPrompt: 'the prompt of the subagent',
  optionAt: "pretend that Claude's five-hour window stands at this percentage",
  optionFallback: 'pretend that Claude is out',
  optionSessionMode: 'pretend that hulw, ulw or autopilot is on in the session',
  optionExplain: 'show each step that was asked and what it said',
  optionOffline: 'do not ask a running daemon; decide from the configuration and the state files alone',
  exampleSimple: 'who answers "explore", as things are',
  exampleAt: 'what would happen with 95 % of the window spent',
  exampleJson: 'the same for a script',
  routed: (agent: string, model: string, id: string, opencodeAgent: string) =>
    `${agent} → ${model} (${id}, OpenCode agent ${opencodeAgent})`,
  kept: (agent: string) => `${agent} stays on Claude`,
  wouldGo: (model: string, id: string) => `  would go to ${model} (${id})`,
  blocked: (agent: string, rule: string, message: string) =>
    `${agent} is answered by nobody: the rule "${rule}" says: ${message}`,
  nobody: (agent: string, message: string) => `${agent} is answered by nobody: ${message}`,
  because: (reason: string, step: string, routed: boolean) => {
    const why = Object.hasOwn(WHY, step) ? WHY[step as DecisionStep][routed ? 0 : 1] : step;
    return `${reason}: ${why}`;
  },
  decided: '◄ decided',
  askedDaemon: () => 'Decided by the running daemon.',
  askedNobody: () => 'Decided without the daemon: which models OpenCode has connected was not asked.',
  daemonCouldNot: () => 'The running daemon could not be asked; decided without it.',
  configProblems: (count: number) =>
    count === 1
      ? 'A setting was ignored; see `omcm config check`.'
      : `${count} settings were ignored; see \`omcm config check\`.`,
  stateDamaged: (file: string, setAside: string | null) =>
    setAside === null
      ? `${file} is damaged and is not used.`
      : `${file} was damaged and set aside as ${setAside}.`,
};

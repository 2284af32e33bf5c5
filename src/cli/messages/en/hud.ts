export const hud = {
  summary: "the status line: tokens by provider, mode, Claude's windows, tasks, savings",
  optionWrap: 'the status line of another tool, whose lines are shown above',
  examplePlain: 'the line, without a session',
  exampleWrap: 'beside the status line that you had',
  examplePreset: "the seed's line: tokens only",
};

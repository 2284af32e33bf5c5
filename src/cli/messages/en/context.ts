export const context = {
  summary: 'what somebody who takes over this session has to know: task, TODOs, decisions, files',
  optionMarkdown: 'print the hand-over document (what is printed without --json)',
  optionBrief: 'print what a delegated task is told of the session',
  optionSession: 'the id of a Claude Code session (default: the last one of the project)',
  optionTranscript: 'a transcript of Claude Code to read instead',
  exampleDocument: 'the document of the last session here',
  exampleJson: 'the whole of it, for a script',
  exampleSession: 'of a certain session in another project',
  noTranscript: (file: string) => `There is no transcript ${file}.`,
  noSession: () => 'No Claude Code session was found here: the document holds what git and the notes say.',
};

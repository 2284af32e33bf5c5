export const handoff = {
  summary: 'hand this session over to OpenCode, or bring back what came of it there',
  optionTo: 'who takes over: opencode (the default)',
  optionOpen: 'start OpenCode in the project, with the context as its first message',
  optionBack: "write down what came of the project's last OpenCode session, for /omcm:resume in Claude Code",
  optionHistory: 'list the hand-overs of this project',
  optionSession: 'the id of the session to hand over (default: the last one of the project)',
  exampleWrite: 'write .omcm/handoff/context.md, and tell how to go on',
  exampleOpen: 'go on in OpenCode at once',
  exampleBack: 'come back to Claude Code with what was done',
  written: (file: string, chars: number) => `${file}: ${chars} characters.`,
  goOn: (command: string) => `Go on in OpenCode with:\n  ${command}`,
  comeBack: () => 'When you are done there: `omcm handoff --back`',
  resume: () => 'In Claude Code, /omcm:resume reads it.',
  /** The first message of the session in OpenCode stands before the document. */
  firstMessage:
    'This session takes over work that was begun in Claude Code. Below is its context. Go on with the open TODOs, the one in progress first; keep to the decisions; keep a todo list.',
  firstMessageByFile: (file: string) =>
    `This session takes over work that was begun in Claude Code. Read ${file} first: it holds the context. Go on with the open TODOs, the one in progress first; keep to the decisions; keep a todo list.`,
  noSession: () => 'OpenCode has no session in this folder.',
  noOpencode: (command: string) => `OpenCode could not be used: \`${command}\`.`,
  hintOpencode: () => 'Install it with `npm install -g opencode-ai`, or set opencode.command.',
  notWritten: (detail: string) => `The hand-over could not be written: ${detail}`,
  none: () => 'Nothing was handed over in this project yet.',
  way: (toOpencode: boolean): string => (toOpencode ? 'to OpenCode' : 'back to Claude Code'),
};

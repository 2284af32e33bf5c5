export const trust = {
  summary: 'let subagents leave Claude in a project that brings files which OpenCode would run',
  argumentFolder: 'the project (default: the current one); what lies beneath it is trusted too',
  optionList: 'list the trusted folders',
  optionRemove: 'trust the folder, and those beneath it, no longer',
  exampleHere: 'this project, after a look at its opencode.json, .opencode/ and .omcm/',
  added: (folder: string) => `${folder} is trusted: OpenCode may run what lies there.`,
  removed: (folder: string) => `${folder} is not trusted any more.`,
  wasNot: (folder: string) => `${folder} was not trusted, and nothing beneath it.`,
  none: () => 'No folder is trusted. A project without files of OpenCode or OMCM needs no trust.',
};

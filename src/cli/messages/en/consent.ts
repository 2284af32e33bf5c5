export const consent = {
  summary: "allow or refuse that a vendor's model leads subagents with Claude Code's own tools, by project",
  argumentProvider: 'openai, gemini, or as OpenCode calls it; without one and without an option: list',
  optionNever: 'refuse it; without a provider: all vendors',
  optionRemove: 'take back what was said; without a provider: all that was said of this project',
  optionEverywhere: 'in every project, where nothing else is said of one',
  exampleYes: 'the conversations of subagents in this project may go to OpenAI',
  exampleNever: 'those of this project go to no vendor in this way',
  exampleList: 'what was said so far, for a script',
  allowed: (provider: string, where: string) =>
    `${provider} may lead subagents: their conversations, with project instructions and tool results, go there (${where}).`,
  refused: (provider: string, where: string) =>
    `${provider} leads no subagents with Claude Code's own tools (${where}).`,
  anybody: () => 'Any vendor',
  everywhere: () => 'every project',
  removed: (provider: string) => `What was said of ${provider} is taken back.`,
  none: () => 'Nothing was said of any vendor. `omcm consent PROVIDER` allows one in this project.',
  nothingSaid: (folder: string | null) =>
    folder === null ? 'Nothing was said of every project.' : `Nothing of the kind was said of ${folder}.`,
  notForClaude: () => 'Claude needs no consent: it is who leads subagents otherwise.',
  engine: (engine: string, why: string) => `engine: ${engine} (${describeWhy(why)})`,
};

const WHY: Readonly<Record<string, string>> = {
  configured: 'configured',
  writes: 'it writes, and Claude Code asks for its permissions',
  reads: "it reads, for which OpenCode's prompts are shorter",
  cheaper: 'it was measured to cost less',
  trial: 'it reads, and this call measures what that costs',
  'no-mod': 'no mod of ours asked',
  'requests-unseen': 'Claude Code does not show its model requests to plugins here',
};

const OF_VENDOR: readonly (readonly [string, (vendor: string) => string])[] = [
  ['no-consent-', (vendor) => `native-tools would need \`omcm consent ${vendor}\``],
  ['no-key-', (vendor) => `OpenCode has no key of ${vendor} that could be used directly`],
  ['refused-', (vendor) => `you have refused ${vendor} here`],
];

function describeWhy(why: string): string {
  const found = OF_VENDOR.find(([beginning]) => why.startsWith(beginning));
  if (found !== undefined) return found[1](why.slice(found[0].length));
  return WHY[why] ?? why;
}

/** What whoever called is told in place of an answer, where a rule of the user's forbids the call or nobody is left. */
export function describeBlock(
  agent: string,
  { rule, message }: { readonly rule: string | null; readonly message: string },
): string {
  const nothing = `The subagent "${agent}" was not run, and nothing was done:`;
  if (rule === null)
    return [`${nothing} nobody can answer it now.`, message, 'Do not try it again before then.'].join('\n');
  return [
    `${nothing} the user's OMCM rule "${rule}" blocks it.`,
    `The rule says: ${message}`,
    'Do not try the same call again.',
  ].join('\n');
}

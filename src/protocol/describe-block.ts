/** What whoever called is told in place of an answer, when a rule of the user's forbids the call. */
export function describeBlock(
  agent: string,
  { rule, message }: { readonly rule: string; readonly message: string },
): string {
  return [
    `The subagent "${agent}" was not run, and nothing was done: the user's OMCM rule "${rule}" blocks it.`,
    `The rule says: ${message}`,
    'Do not try the same call again.',
  ].join('\n');
}

/** What a person types, for the script of a shell. */
export const COMPLETION = 'completion';
/** What that script runs at each TAB; not in the help. */
export const COMPLETE = 'complete';

/** What is told to the user stays in the corner for this long. */
export const NOTICE_MS = 10_000;

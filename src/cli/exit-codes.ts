// What a script can tell from the exit code. Shown at the end of `omcm help`; the numbers never change.
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  daemonUnreachable: 3,
  taskFailed: 4,
  notRouted: 5,
  problemsFound: 6,
  overBudget: 7,
  otherVersion: 8,
  interrupted: 130,
} as const;

export type Exit = keyof typeof EXIT_CODES;

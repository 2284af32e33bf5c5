export const simulate = {
  scenario: {
    '429': 'a provider refuses: too many requests',
    hang: 'a provider takes the question and never answers',
    orphan: 'the daemon is killed while its OpenCode servers run',
    limit92: "Claude's five-hour window is at 92 %",
    'daemon-down': 'the daemon cannot start',
  },
  playing: (what: string) => `Simulating: ${what} …`,
  refused: () => 'the first provider was asked, and refused',
  nextAnswered: () => 'the next model answered the subagent; Claude was not asked',
  restsAfterwards: () => 'the next session did not ask the one that had refused',
  leftAlone: (ms: number) => `it was left alone after ${ms / 1_000} s of silence`,
  serversGone: () => 'the servers of the killed daemon were ended',
  daemonAgain: () => 'another daemon took over',
  answeredAgain: () => 'the next subagent was answered as before',
  nativeBefore: (percent: number) => `at ${percent} % Claude answered its subagent itself`,
  fallbackOn: (reason: string) => `the fallback came on (${reason})`,
  routedAt: (percent: number) => `at ${percent} % another model answered; Claude was not asked`,
  claudeAnswered: () => 'Claude answered its subagent itself, without an error',
  nobodyElse: () => 'nobody else was asked',
  leftBehind: (pid: number) => `the process ${pid} could not be ended`,
  total: (good: number, failed: number) =>
    failed === 0
      ? `All ${good} as it should be. No account was used.`
      : `${failed} failed, ${good} as it should be.`,
};

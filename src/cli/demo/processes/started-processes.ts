/** The processes that the demo has had started: what is to be gone when it ends. */
export type StartedProcesses = {
  addDaemon(pid: number): void;
  addServers(pids: readonly number[]): void;
  daemons(): readonly number[];
  servers(): readonly number[];
};

export function createStartedProcesses(): StartedProcesses {
  const daemons = new Set<number>();
  const servers = new Set<number>();
  return {
    addDaemon: (pid) => void daemons.add(pid),
    addServers: (pids) => {
      for (const pid of pids) if (pid > 1) servers.add(pid);
    },
    daemons: () => [...daemons],
    servers: () => [...servers],
  };
}

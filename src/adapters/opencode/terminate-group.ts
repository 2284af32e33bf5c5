/** Ends a process group: asks, waits, then insists. */
export async function terminateGroup(pid: number, exited: Promise<unknown>, graceMs: number): Promise<void> {
  if (!signalGroup(pid, 'SIGTERM')) return;
  const gone = await Promise.race([exited.then(() => true), delay(graceMs)]);
  if (!gone) signalGroup(pid, 'SIGKILL');
  await exited;
}

function delay(ms: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref();
  });
}

/** `false` when there is nobody left to signal. */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Until somebody calls what it puts among the waiters, the time is over, or the reader went away. */
export function untilWoken(waiters: Set<() => void>, waitMs: number, reader?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      waiters.delete(wake);
      reader?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, waitMs);
    waiters.add(wake);
    reader?.addEventListener('abort', wake, { once: true });
  });
}

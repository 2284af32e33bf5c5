import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something to become true, and says what did not. */
export async function until(holds: () => boolean | Promise<boolean>, limitMs = 20_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not true within ${limitMs} ms: ${holds}`);
    await sleep(20);
  }
}

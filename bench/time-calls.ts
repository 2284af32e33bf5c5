const ROUNDS = 60;
const ROUND_MS = 4;
const WARM_UP_MS = 300;

/** Nanoseconds for one call: of sixty short rounds the quickest, since whatever else the machine does only adds. */
export function timeCallsNs(call: () => string | null): number {
  warmUp(call);
  const batch = findBatch(call);
  const rounds = Array.from({ length: ROUNDS }, () => timeBatchMs(call, batch));
  return Math.round(((Math.min(...rounds) * 1_000_000) / batch) * 10) / 10;
}

/** The compiler works beside us, and on a busy machine it takes its time. */
function warmUp(call: () => string | null): void {
  const until = performance.now() + WARM_UP_MS;
  while (performance.now() < until) timeBatchMs(call, 100);
}

function findBatch(call: () => string | null): number {
  for (let batch = 16; ; batch *= 2) {
    const ms = timeBatchMs(call, batch);
    if (ms >= ROUND_MS) return Math.ceil((batch * ROUND_MS) / ms);
  }
}

function timeBatchMs(call: () => string | null, batch: number): number {
  const startedAt = performance.now();
  // Looked at, or it would not have to be computed.
  let answered = 0;
  for (let number = 0; number < batch; number += 1) if (call() !== null) answered += 1;
  const ms = performance.now() - startedAt;
  if (answered !== batch) throw new Error(`${batch - answered} of ${batch} calls had no answer`);
  return ms;
}

/** `first`: in configured order; the others share the work out. */
export const STRATEGIES = ['first', 'round-robin', 'weighted', 'latency', 'usage', 'adaptive'] as const;

export type Strategy = (typeof STRATEGIES)[number];

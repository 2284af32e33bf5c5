// What Claude Code itself says of its windows, each time it asks for a status line.
import type { HudWindow } from './hud-state.ts';

/** `kind`: Claude Code's own name. */
export type ToldWindow = HudWindow & { readonly kind: string };

const WINDOWS: ReadonlyMap<string, HudWindow['window']> = new Map([
  ['five_hour', 'fiveHour'],
  ['seven_day', 'weekly'],
]);

export function readToldWindows(limits: unknown): readonly ToldWindow[] {
  if (typeof limits !== 'object' || limits === null) return [];
  return Object.entries(limits as Record<string, unknown>).flatMap(([kind, given]) => {
    const { used_percentage: percent, resets_at: resetsAt } = (given ?? {}) as Record<string, unknown>;
    const window = WINDOWS.get(kind);
    if (typeof percent !== 'number' || window === undefined) return [];
    return [{ kind, window, percent, resetsAt: typeof resetsAt === 'number' ? resetsAt * 1_000 : null }];
  });
}

export function isKnown(told: readonly ToldWindow[], windows: readonly HudWindow[]): boolean {
  return told.every(({ window, percent, resetsAt }) =>
    windows.some(
      (known) => known.window === window && known.percent === percent && known.resetsAt === resetsAt,
    ),
  );
}

/** As the daemon takes a reading. */
export function reportOf(sessionId: string, told: readonly ToldWindow[]) {
  return {
    source: 'status-line' as const,
    sessionId: sessionId.slice(0, 256),
    windows: told.map(({ kind, percent, resetsAt }) => ({
      kind,
      percent,
      resetsAt: resetsAt === null ? null : resetsAt / 1_000,
    })),
  };
}

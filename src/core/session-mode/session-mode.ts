// What a person has asked of one session, beside the mode that holds for all of them.

export const SESSION_MODES = ['hulw', 'ulw', 'autopilot'] as const;

/**
 * `hulw`: whatever may leave Claude does. `ulw`: as much as Claude's windows ask for. `autopilot` routes as `hulw`
 * does, and works towards a goal besides.
 */
export type SessionMode = (typeof SESSION_MODES)[number];

export function parseSessionMode(text: unknown): SessionMode | null {
  return SESSION_MODES.find((mode) => mode === text) ?? null;
}

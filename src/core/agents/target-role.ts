import type { TargetRole } from './agent.ts';

export type RoleLabel = 'Oracle' | 'Codex' | 'Flash';

/** How the seed writes the roles. */
export const ROLE_LABELS: Readonly<Record<TargetRole, RoleLabel>> = {
  oracle: 'Oracle',
  codex: 'Codex',
  flash: 'Flash',
};

/** Candidates of each role in OpenCode's spelling, first choice first. Configuration replaces them. */
export const DEFAULT_TARGETS: Readonly<Record<TargetRole, readonly string[]>> = {
  oracle: ['openai/gpt-5.2'],
  codex: ['openai/gpt-5.2-codex', 'openai/gpt-5.2'],
  flash: ['google/gemini-3-flash', 'google/gemini-3-flash-preview', 'google/gemini-2.5-flash'],
};

// How a subagent_type is read: `plugin:agent`, `plugin:folder:agent` or a bare name, from any source.
// The result is safe to put into a reason, a log line or a terminal.

/** OMC's own prefixes. An agent of it means the same with or without one. */
const OMC_PREFIXES = new Set(['oh-my-claudecode', 'omc', 'oh-my-claude-sisyphus']);

/** The longest real name is under 30 characters; what is longer is noise, and noise must not fill logs. */
const LONGEST_NAME = 80;

export type AgentName = {
  /** The part after the last colon. */
  readonly bare: string;
  /** The plugin's prefix; `null` for a bare name and for OMC's own prefixes. */
  readonly plugin: string | null;
  readonly prefixed: boolean;
};

export function parseAgentName(requested: string): AgentName {
  const name = requested.trim();
  const colon = name.lastIndexOf(':');
  const prefix = name.slice(0, Math.max(colon, 0)).toLowerCase();
  return {
    bare: toPrintable(name.slice(colon + 1)),
    plugin: prefix === '' || OMC_PREFIXES.has(prefix) ? null : toPrintable(prefix),
    prefixed: colon >= 0,
  };
}

/** Replaced, not removed: a name with a hidden character in it must not turn into a known one. */
export function toPrintable(text: string): string {
  return clip(text)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?')
    .trim();
}

/** In whole characters. */
function clip(text: string): string {
  if (text.length <= LONGEST_NAME) return text;
  return [...text.slice(0, LONGEST_NAME * 2)].slice(0, LONGEST_NAME).join('');
}

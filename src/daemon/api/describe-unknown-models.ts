import type { AskCheck } from '../../protocol/ask.ts';

const SHOWN = 20;

export function describeUnknownModels({ unknown, connected }: AskCheck): string {
  if (connected.length === 0)
    return 'OpenCode has no provider connected: `opencode auth login` connects one.';
  const more = connected.length > SHOWN ? `, and ${connected.length - SHOWN} more` : '';
  const there = `Connected are: ${connected.slice(0, SHOWN).join(', ')}${more}.`;
  if (unknown.length === 0) return `None of the models in the settings is connected. ${there}`;
  return `OpenCode has no such model connected: ${unknown.join(', ')}. ${there}`;
}

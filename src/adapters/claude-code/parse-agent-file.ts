/** An agent file is Markdown under a YAML head; the head names the agent, the body instructs it. */
import { basename } from 'node:path';
import { parse } from 'yaml';

export type AgentFile = { readonly name: string; readonly instructions: string };

const HEAD = /^\uFEFF?---[ \t]*\r?\n(?:(?<head>[\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

export function parseAgentFile(text: string, file: string): AgentFile {
  const match = HEAD.exec(text);
  const body = match === null ? text : text.slice(match[0].length);
  return { name: nameIn(match?.groups?.head ?? '') ?? basename(file, '.md'), instructions: body.trim() };
}

/** Heads in the wild hold unquoted colons that YAML refuses; Claude Code takes them, so the name line is enough. */
function nameIn(head: string): string | null {
  try {
    const { name } = (parse(head) ?? {}) as { name?: unknown };
    if (typeof name === 'string') return name;
  } catch {
    // Not YAML: the line is looked for below.
  }
  return /^name:[ \t]*["']?(?<name>[^"'\r\n]+?)["']?[ \t]*$/m.exec(head)?.groups?.name ?? null;
}

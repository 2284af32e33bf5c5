/** An agent file is Markdown under a YAML head; the head names the agent, the body instructs it. */
import { basename } from 'node:path';
import { parse } from 'yaml';

export type AgentFile = {
  readonly name: string;
  readonly instructions: string;
  /** Left to Claude Code where `null`. */
  readonly model: string | null;
  readonly tools: readonly string[] | null;
};

const HEAD = /^\uFEFF?---[ \t]*\r?\n(?:(?<head>[\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

export function parseAgentFile(text: string, file: string): AgentFile {
  const match = HEAD.exec(text);
  const body = match === null ? text : text.slice(match[0].length);
  const head = match?.groups?.head ?? '';
  const fields = readHead(head);
  return {
    name: textOf(fields.name) ?? basename(file, '.md'),
    instructions: body.trim(),
    model: textOf(fields.model),
    tools: listOf(fields.tools),
  };
}

/** Heads in the wild hold unquoted colons that YAML refuses; Claude Code takes them, so the lines are enough. */
function readHead(head: string): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = parse(head);
    if (typeof fields === 'object' && fields !== null) return fields as Record<string, unknown>;
  } catch {
    // Not YAML: the lines are looked for below.
  }
  const lines = head.matchAll(/^(name|model|tools):[ \t]*["']?([^"'\r\n]+?)["']?[ \t]*$/gm);
  return Object.fromEntries([...lines].map(([, field = '', value]) => [field, value]));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** With commas between them, or as a list. */
function listOf(value: unknown): readonly string[] | null {
  const tools = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(tools)) return null;
  return tools.map((tool) => String(tool).trim()).filter((tool) => tool !== '');
}

// Looking into JSON of others, whose shape nobody promised.

export type Json = Readonly<Record<string, unknown>>;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

export function asObjects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text of a message: a string, or blocks of which some are text. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return asObjects(content)
    .map((block) => asText(block.text))
    .filter((text) => text !== '')
    .join('\n');
}

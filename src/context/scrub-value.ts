import type { Scrub } from './scrub.ts';

/** The same value, each text in it scrubbed. For plain values: objects, lists, texts, numbers. */
export async function scrubValue<T>(value: T, scrub: Scrub): Promise<T> {
  const texts: string[] = [];
  mapTexts(value, (text) => {
    texts.push(text);
    return text;
  });
  const clean = (await scrub(texts)).values();
  return mapTexts(value, () => clean.next().value ?? '') as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

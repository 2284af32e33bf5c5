import { parseYamlText } from './yaml-text.ts';

/** The text with one setting changed, or taken out by `undefined`; comments stay. `null`: it is no YAML. */
export async function editYamlText(
  text: string,
  path: readonly string[],
  value: unknown,
): Promise<string | null> {
  const parsed = await parseYamlText('', text);
  if (parsed.kind === 'syntax') return null;
  const { document } = parsed;
  if (value !== undefined) document.setIn(path, value);
  else if (document.hasIn(path)) document.deleteIn(path);
  return String(document);
}

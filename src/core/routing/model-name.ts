const NAMES: ReadonlyMap<string, string> = new Map([
  ['gpt-5.2', 'GPT-5.2'],
  ['gpt-5.2-codex', 'GPT-5.2 Codex'],
  ['gpt-5.1', 'GPT-5.1'],
  ['gpt-5.1-codex', 'GPT-5.1 Codex'],
  ['gpt-5', 'GPT-5'],
  ['gpt-5-codex', 'GPT-5 Codex'],
  ['gpt-5-mini', 'GPT-5 Mini'],
  ['gemini-3-flash', 'Gemini 3 Flash'],
  ['gemini-3-flash-preview', 'Gemini 3 Flash Preview'],
  ['gemini-3-pro', 'Gemini 3 Pro'],
  ['gemini-3-pro-preview', 'Gemini 3 Pro Preview'],
  ['gemini-2.5-flash', 'Gemini 2.5 Flash'],
  ['gemini-2.5-pro', 'Gemini 2.5 Pro'],
]);

/** The model's name for people; its id where we know no better. */
export function nameModel(model: string): string {
  return NAMES.get(model) ?? model;
}

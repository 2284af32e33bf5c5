// YAML as people write it in configuration. Its parser is loaded where there is such a file, and nowhere else.
import type { Document } from 'yaml';
import type { ConfigProblem } from '../../core/config/config-problem.ts';

export type YamlText =
  | { readonly kind: 'ok'; readonly value: unknown; readonly document: Document }
  | { readonly kind: 'syntax'; readonly problem: ConfigProblem };

/** An empty text is an empty configuration. */
export async function parseYamlText(source: string, text: string): Promise<YamlText> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { logLevel: 'silent' });
  const [first] = document.errors;
  if (first !== undefined) {
    const [complaint = first.message] = first.message.split(/ at line |:?\n/);
    const { line = 1, col: column = 1 } = first.linePos?.[0] ?? {};
    return { kind: 'syntax', problem: syntaxProblem(source, complaint, { line, column }) };
  }
  try {
    return { kind: 'ok', value: document.toJS() ?? {}, document };
  } catch (error) {
    // Aliases that would grow into something endless.
    return { kind: 'syntax', problem: syntaxProblem(source, String(error), { line: 1, column: 1 }) };
  }
}

function syntaxProblem(
  source: string,
  complaint: string,
  position: { readonly line: number; readonly column: number },
): ConfigProblem {
  return {
    source,
    keyPath: '',
    code: 'syntax',
    expected: 'YAML',
    received: complaint,
    position,
    message: `${source}:${position.line}:${position.column}: not valid YAML (${complaint}); the file is ignored.`,
  };
}

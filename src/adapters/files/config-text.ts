// JSON as people write it in configuration: with comments, trailing commas and a byte order mark.
import {
  getNodeValue,
  type Node,
  type ParseError,
  type ParseOptions,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { ConfigProblem } from '../../core/config/config-problem.ts';

export type ConfigText =
  | { readonly kind: 'ok'; readonly value: unknown; readonly tree: Node | undefined }
  | { readonly kind: 'syntax'; readonly problem: ConfigProblem };

const JSONC_OPTIONS: ParseOptions = { allowTrailingComma: true, allowEmptyContent: true };

const BYTE_ORDER_MARK = '\uFEFF';

export function splitByteOrderMark(text: string): { readonly mark: string; readonly body: string } {
  return text.startsWith(BYTE_ORDER_MARK)
    ? { mark: BYTE_ORDER_MARK, body: text.slice(1) }
    : { mark: '', body: text };
}

/** An empty text is an empty configuration. */
export function parseConfigText(source: string, body: string): ConfigText {
  const errors: ParseError[] = [];
  try {
    // The tree, and not parse(): that one lets a "__proto__" key change its object's prototype.
    const tree = parseTree(body, errors, JSONC_OPTIONS);
    const [first] = errors;
    if (first) return { kind: 'syntax', problem: syntaxProblem(source, body, first) };
    return { kind: 'ok', value: tree === undefined ? {} : getNodeValue(tree), tree };
  } catch (error) {
    // Only thousands of nested brackets end here.
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'syntax', problem: tooDeep(source) };
  }
}

function syntaxProblem(source: string, body: string, error: ParseError): ConfigProblem {
  const position = positionAt(body, error.offset);
  const complaint = sentenceCase(printParseErrorCode(error.error));
  return {
    source,
    keyPath: '',
    code: 'syntax',
    expected: 'JSON, with comments if you like',
    received: complaint,
    position,
    message: `${source}:${position.line}:${position.column}: not valid JSON (${complaint}); the file is ignored.`,
  };
}

function tooDeep(source: string): ConfigProblem {
  return {
    source,
    keyPath: '',
    code: 'syntax',
    expected: 'a few levels of objects',
    received: 'thousands of levels',
    message: `${source}: nested too deeply; the file is ignored.`,
  };
}

function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** `CommaExpected` becomes `comma expected`. */
function sentenceCase(code: string): string {
  return code
    .replaceAll(/([A-Z])/g, ' $1')
    .trim()
    .toLowerCase();
}

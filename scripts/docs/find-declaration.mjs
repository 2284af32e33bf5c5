// Where is a name declared that a file exports or uses? By reading the sources alone, without a type checker.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** @typedef {{ node: import('typescript').Statement, source: import('typescript').SourceFile }} Declaration */

const sources = new Map();

/** @returns {import('typescript').SourceFile} */
function readSource(file) {
  if (!sources.has(file)) {
    const text = readFileSync(file, 'utf8');
    sources.set(file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  }
  return sources.get(file);
}

/** The names that a file exports, in their order, each with its declaration. */
export function listExports(file) {
  return readSource(file).statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) && statement.exportClause) {
      return statement.exportClause.elements.map(({ name }) => name.text);
    }
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported ? namesOf(statement) : [];
  });
}

/** @returns {Declaration | null} null: it is not ours */
export function findDeclaration(file, name) {
  const source = readSource(file);
  for (const node of source.statements) {
    if (namesOf(node).includes(name)) return { node, source };
    const there = findThere(node, name);
    if (there?.file === undefined) continue;
    return there.file.startsWith('.') ? findDeclaration(join(dirname(file), there.file), there.name) : null;
  }
  return null;
}

/** An import or a re-export of the name: from which file, and as what. */
function findThere(node, name) {
  const bindings = ts.isImportDeclaration(node)
    ? node.importClause?.namedBindings
    : ts.isExportDeclaration(node)
      ? node.exportClause
      : undefined;
  const element = bindings?.elements?.find((one) => one.name.text === name);
  if (element === undefined) return null;
  return { file: node.moduleSpecifier?.text, name: element.propertyName?.text ?? name };
}

function namesOf(node) {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map((one) => one.name.getText());
  const isNamed =
    ts.isClassDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node);
  return isNamed && node.name ? [node.name.text] : [];
}

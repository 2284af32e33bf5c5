// A declaration as its users read it: the type with its comments, a class without what is private, no bodies.
import ts from 'typescript';
import { findDeclaration } from './find-declaration.mjs';

/** @param {import('./find-declaration.mjs').Declaration} declaration */
export function declarationText({ node, source }) {
  if (ts.isClassDeclaration(node)) return classText(node, source);
  if (ts.isFunctionDeclaration(node)) return withoutExport(`${upTo(node, node.body, source)};`);
  return withoutExport(node.getText(source));
}

/** The nodes in which a user finds names of other types. */
function publicParts({ node, source }) {
  if (!ts.isClassDeclaration(node))
    return ts.isFunctionDeclaration(node) ? signatureOf(node) : [{ node, source }];
  return membersOf(node, source).flatMap((member) => signatureOf(member.node, member.source));
}

function classText(node, source) {
  const members = membersOf(node, source).map(({ node: member, source: from }) => memberText(member, from));
  const parameters = node.typeParameters
    ? `<${node.typeParameters.map((one) => one.getText(source)).join(', ')}>`
    : '';
  const base = baseOf(node, source);
  const extending = base?.declaration === null ? ` extends ${base.name}` : '';
  return `class ${node.name.text}${parameters}${extending} {\n${members.join('\n\n')}\n}`;
}

/** Its own, then those of a class of ours that it extends, whose constructor nobody calls. */
function membersOf(node, source) {
  const own = node.members.filter(isPublic).map((member) => ({ node: member, source }));
  const base = baseOf(node, source)?.declaration;
  if (!base) return own;
  const inherited = membersOf(base.node, base.source).filter(
    (member) => !ts.isConstructorDeclaration(member.node),
  );
  return [...own, ...inherited];
}

function baseOf(node, source) {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const name = clause?.types[0]?.expression.getText(source);
  return name === undefined ? null : { name, declaration: findDeclaration(source.fileName, name) };
}

function isPublic(member) {
  const isPrivate = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  return !isPrivate && !(member.name && ts.isPrivateIdentifier(member.name));
}

function memberText(member, source) {
  const comments = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const doc = comments.map((comment) => `  ${comment.getText(source)}\n`).join('');
  return `${doc}  ${upTo(member, member.body ?? member.initializer, source).replace(/ =$/, '')};`;
}

/** What stands before a body. */
function upTo(node, body, source) {
  const end = body ? body.getStart(source) : node.getEnd();
  const text = source.text.slice(node.getStart(source), end).trim().replace(/;$/, '');
  return (node.parameters ?? []).reduce((shorter, one) => withoutPrivateDefault(shorter, one, source), text);
}

/** A default that a user cannot read says no more than that the parameter may be left out. */
function withoutPrivateDefault(text, { name, type, initializer }, source) {
  const value = initializer?.getText(source) ?? '';
  if (!/#|[A-Z]_[A-Z]/.test(value) || !type) return text;
  const [called, typed] = [name.getText(source), type.getText(source)];
  return text.replace(`${called}: ${typed} = ${value}`, `${called}?: ${typed}`);
}

function signatureOf(node, source = node.getSourceFile()) {
  const parts = [...(node.parameters ?? []), node.type, ...(node.typeParameters ?? [])];
  return parts.filter(Boolean).map((part) => ({ node: part, source }));
}

function withoutExport(text) {
  return text.replace(/^export (default )?/, '');
}

/** Names that the public parts use, with where they are declared, if that is in our sources. */
export function namedIn(declaration) {
  const found = new Map();
  for (const { node, source } of publicParts(declaration)) {
    visit(node, (name) => {
      const there = findDeclaration(source.fileName, name);
      if (there && there.node !== declaration.node) found.set(nameOf(there.node), there);
    });
  }
  return found;
}

function visit(node, tell) {
  if (ts.isTypeReferenceNode(node)) tell(leftmost(node.typeName));
  if (ts.isTypeQueryNode(node)) tell(leftmost(node.exprName));
  ts.forEachChild(node, (child) => visit(child, tell));
}

function leftmost(name) {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}

function nameOf(node) {
  return ts.isVariableStatement(node) ? node.declarationList.declarations[0].name.getText() : node.name.text;
}

/** The file's first comment speaks for a class that has none of its own. */
export function commentOf({ node, source }) {
  const own = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  if (own) return own.getText(source);
  const [first] = ts.getLeadingCommentRanges(source.text, 0) ?? [];
  const text = first && source.text.slice(first.pos, first.end);
  return ts.isClassDeclaration(node) && text?.startsWith('/**') ? text : '';
}

// docs/api.md: what the library exports, with its comments and types as they stand in the sources.
import { join } from 'node:path';
import ts from 'typescript';
import { commentOf, declarationText, namedIn } from './declaration-text.mjs';
import { findDeclaration, listExports } from './find-declaration.mjs';

const INTRODUCTION = `<!-- Made by \`node scripts/write-docs.mjs\` from src/index.ts. Do not edit it here. -->

# API

What \`import { … } from 'oh-my-claude-money'\` gives. Programs that use it: [examples](examples.md). Times are milliseconds,
points in time milliseconds since the epoch, where nothing else is said. A model is \`provider/model\` as OpenCode spells it.
`;

const SECTIONS = [
  ['Functions', ts.isFunctionDeclaration],
  ['Classes', ts.isClassDeclaration],
  ['Types', (node) => ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)],
];

/** @param {string} root */
export function renderApi(root) {
  const entry = join(root, 'src/index.ts');
  const exported = new Map(listExports(entry).map((name) => [name, findDeclaration(entry, name)]));
  const further = findFurther(exported);
  const known = new Set([...exported.keys(), ...further.keys()]);
  const sections = SECTIONS.map(([title, is]) =>
    section(
      `## ${title}`,
      [...exported].filter(([, { node }]) => is(node)),
      known,
    ),
  );
  const rest = section('## Types that those are made of', [...further], known);
  return [INTRODUCTION, ...sections, rest].join('\n');
}

function section(title, declarations, known) {
  const sorted = declarations.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [title, '', ...sorted.map(([name, declaration]) => entryOf(name, declaration, known))].join('\n');
}

/** What the exported types are made of, and is not exported: reached by name, and so on. */
function findFurther(exported) {
  const nodes = new Set([...exported.values()].map(({ node }) => node));
  const further = new Map();
  const waiting = [...exported.values()];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    for (const [name, declaration] of namedIn(one)) {
      if (nodes.has(declaration.node)) continue;
      nodes.add(declaration.node);
      further.set(name, declaration);
      waiting.push(declaration);
    }
  }
  return further;
}

function entryOf(name, declaration, known) {
  const { description, examples, tags } = readComment(commentOf(declaration));
  const names = [...namedIn(declaration).keys()].filter((other) => known.has(other) && other !== name).sort();
  const parts = [
    `### ${name}`,
    description,
    fence(renamed(declarationText(declaration), name)),
    ...tags,
    ...examples.map((example) => `Example:\n\n${fence(example)}`),
    names.map((other) => `[${other}](#${other.toLowerCase()})`).join(' · '),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const fence = (text) => `\`\`\`ts\n${text}\n\`\`\``;

/** As its users import it. */
function renamed(text, name) {
  return text.replace(/^((?:async )?function|class|type|interface) \w+/, `$1 ${name}`);
}

function readComment(comment) {
  const lines = comment
    .replace(/^\/\*\*\s?|\s*\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  const [description = '', ...tagged] = lines
    .join('\n')
    .trim()
    .split(/^@(?=\w)/m);
  const tags = tagged.map((text) => /^(\w+)\s*([\s\S]*)$/.exec(text.trim()) ?? []);
  return {
    description: description.trim(),
    examples: tags.flatMap(([, tag, text = '']) => (tag === 'example' ? [text] : [])),
    tags: tags.flatMap(([, tag = '', text = '']) => (tag === 'example' ? [] : [tell(tag, text)])),
  };
}

function tell(tag, text) {
  const plain = text.replaceAll('\n', ' ');
  if (tag === 'param') return `Parameter \`${plain.replace(' ', '`: ')}`;
  return `${tag[0]?.toUpperCase()}${tag.slice(1)}: ${plain}`;
}

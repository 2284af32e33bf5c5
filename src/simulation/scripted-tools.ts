// A subagent that has Claude Code's tools answer in every form that they know: text in parallel, errors, pictures,
// documents, changed files, tools that are looked up first, a server of the user's own, and more than fits.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, ToolUse } from './answer.ts';
import { MCP_TOOL } from './write-mcp-server.ts';

/** One red dot. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

/** What the tools are to find there. */
export function writeThings(project: string): void {
  writeFileSync(join(project, 'dot.png'), Buffer.from(PNG, 'base64'));
  writeFileSync(join(project, 'page.pdf'), PDF);
}

export const TOOLS_REPORT = 'Tea costs 250 cents.';

export function toolSteps(project: string): readonly Answer[] {
  const read = (name: string) => use('Read', { file_path: join(project, name) });
  const run = (command: string) => use('Bash', { command, description: 'Looks around' });
  return [
    { text: 'I look around first.', toolUses: [run('ls src'), read('README.md')] },
    { toolUses: [read('missing.txt'), run('ls nowhere')] },
    { toolUses: [read('dot.png'), read('page.pdf')] },
    {
      toolUses: [
        use('Edit', {
          file_path: join(project, 'README.md'),
          old_string: '# Till',
          new_string: '# The till',
        }),
      ],
    },
    { toolUses: [use('ToolSearch', { query: `select:${MCP_TOOL}` })] },
    { toolUses: [use(MCP_TOOL, { thing: 'tea' })] },
    { toolUses: [run(`node -e "console.log('x'.repeat(99).concat('\\n').repeat(2000))"`)] },
    { text: TOOLS_REPORT },
  ];
}

function use(name: string, input: ToolUse['input']): ToolUse {
  return { name, input };
}

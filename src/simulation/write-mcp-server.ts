// An MCP server of the user's own, as Claude Code starts one: one tool, which knows what things cost.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As Claude Code names it. */
export const MCP_TOOL = 'mcp__till__price';

const PROGRAM = `
const { createInterface } = require('node:readline');
const price = {
  name: 'price',
  description: 'What a thing costs, in cents',
  inputSchema: { type: 'object', properties: { thing: { type: 'string' } }, required: ['thing'] },
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const results = {
    initialize: {
      protocolVersion: params?.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: 'till', version: '1.0.0' },
    },
    'tools/list': { tools: [price] },
    'tools/call': { content: [{ type: 'text', text: \`\${params?.arguments?.thing} costs 250 cents\` }] },
  };
  process.stdout.write(\`\${JSON.stringify({ jsonrpc: '2.0', id, result: results[method] ?? {} })}\\n\`);
});
`;

/** Returns the arguments that have Claude Code use it. */
export function writeMcpServer(directory: string): readonly string[] {
  const program = join(directory, 'till-server.cjs');
  const config = join(directory, 'till-server.json');
  writeFileSync(program, PROGRAM);
  const till = { command: process.execPath, args: [program] };
  writeFileSync(config, JSON.stringify({ mcpServers: { till } }));
  return ['--mcp-config', config];
}

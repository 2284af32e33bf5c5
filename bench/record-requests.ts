/**
 * `node bench/run.mjs record-requests.ts [FOLDER]`: a subagent of the real Claude Code works against the simulated API,
 * and what it asked of its model becomes the fixtures of the translator's tests. Run by hand when a new version asks
 * differently.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournaledRequest } from '../src/simulation/journaled-request.ts';
import { asObject, asObjects } from '../src/simulation/json.ts';
import { runClaude } from '../src/simulation/run-claude.ts';
import { scriptConductor, subagentOf } from '../src/simulation/scripted-conductor.ts';
import { stepOf } from '../src/simulation/scripted-steps.ts';
import { TOOLS_REPORT, toolSteps, writeThings } from '../src/simulation/scripted-tools.ts';
import { type Simulation, startSimulation } from '../src/simulation/simulation.ts';
import { MCP_TOOL, writeMcpServer } from '../src/simulation/write-mcp-server.ts';
import { cleanRequest } from './recording/clean-request.ts';

const root = process.env.OMCM_ROOT ?? process.cwd();
const target = process.argv[2] ?? join(root, 'test', 'fixtures', 'requests');
/** Everything as it was sent: for a person to look at, not to be kept. */
const isRaw = process.argv.includes('--raw');

const simulation = await startSimulation({ prefix: 'omcm-record' });
try {
  await record(simulation);
} finally {
  await simulation.stop();
}

async function record({ providers: { anthropic }, home }: Simulation): Promise<void> {
  writeThings(home.projectDir);
  const search = { toolUses: [{ name: 'WebSearch', input: { query: 'what tea costs' } }] };
  const steps = [...toolSteps(home.projectDir).slice(0, -1), search, { text: TOOLS_REPORT }];
  anthropic.on({
    when: (request) => subagentOf(request) !== undefined,
    answer: (request) => stepOf(request, steps),
  });
  scriptConductor(anthropic, {
    rounds: [{ calls: [{ agent: 'general-purpose', prompt: 'Find out what tea costs.' }] }],
  });
  const { exitCode, stderr } = await runClaude({
    home,
    prompt: 'go',
    permissionMode: 'acceptEdits',
    allowedTools: ['Task', 'Agent', 'Bash', 'Read', 'Edit', 'ToolSearch', 'WebSearch', MCP_TOOL],
    extraArgs: writeMcpServer(home.root),
  });
  if (exitCode !== 0) throw new Error(stderr);
  const asked = anthropic.journal().filter((request) => subagentOf(request) !== undefined);
  keep('first.json', asked[0], home);
  keep('last.json', asked.at(-1), home);
  keep('web-search.json', asked.find(isOfItsVendor), home);
  process.stdout.write(`${asked.length} requests\n`);
}

function isOfItsVendor({ body }: JournaledRequest): boolean {
  return asObjects(asObject(body).tools).some(({ input_schema: schema }) => schema === undefined);
}

function keep(name: string, request: JournaledRequest | undefined, home: Simulation['home']): void {
  if (request === undefined) {
    process.stderr.write(`${name}: there was no such request\n`);
    return;
  }
  const body = isRaw ? request.body : cleanRequest(request.body, home);
  const text = `${JSON.stringify(body, null, 2)}\n`;
  writeFileSync(join(target, name), text);
  process.stdout.write(`${name}: ${text.length} characters\n`);
}

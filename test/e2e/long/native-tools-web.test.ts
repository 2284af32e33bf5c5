// With the real Claude Code: what becomes of its tools for the web where another model leads the subagent. A search runs
// at Claude's vendor, so Claude Code makes a request of its own for it; a page is fetched here, and read by a model.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { asObject, asObjects } from '../../../src/simulation/json.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { stepOf } from '../../../src/simulation/scripted-steps.ts';
import { useOmcm } from '../../support/use-omcm.ts';

const PROMPT = 'what does tea cost?';
const PAGE = '<html><body><h1>Tea</h1><p>Tea costs 250 cents.</p></body></html>';

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

/** Claude Code fetches nothing without TLS. */
async function servePage(folder: string): Promise<{ readonly url: string; readonly certificate: string }> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  const to = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate];
  execFileSync('openssl', [...made, ...to], { stdio: 'ignore' });
  const tls = { key: readFileSync(key), cert: readFileSync(certificate) };
  const server = createServer(tls, (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/tea`, certificate };
}

function readsPage({ lastUserText }: JournaledRequest): boolean {
  return lastUserText.includes('Web page content:');
}

it.skipIf(!hasOpenssl)(
  'a search goes to Claude with nothing but its words, a page is read by who leads',
  async () => {
    const agents = { 'general-purpose': { stays: false, model: 'google/gemini-3-flash' } };
    const omcm = await useOmcm({ config: { mode: 'fusion', engine: 'native-tools', agents } });
    const { anthropic, google } = omcm.providers;
    const { url, certificate } = await servePage(omcm.home.root);
    const steps = [
      { toolUses: [{ name: 'ToolSearch', input: { query: 'select:WebSearch,WebFetch' } }] },
      { toolUses: [{ name: 'WebSearch', input: { query: 'price of tea' } }] },
      { toolUses: [{ name: 'WebFetch', input: { url, prompt: 'What does it cost?' } }] },
      { text: 'Tea costs 250 cents.' },
    ];
    google.on({
      answer: (request) => (readsPage(request) ? { text: 'Read by Gemini: 250.' } : stepOf(request, steps)),
    });
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: { text: 'Found by Claude.' },
    });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'general-purpose', prompt: PROMPT }] }] });
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      permissionMode: 'acceptEdits',
      allowedTools: ['Task', 'Agent', 'ToolSearch', 'WebSearch', 'WebFetch'],
      // Which sites may be fetched is asked of a server that is not simulated.
      extraArgs: ['--settings', JSON.stringify({ skipWebFetchPreflight: true })],
      env: { NODE_EXTRA_CA_CERTS: certificate },
    });

    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({
      isError: false,
      report: 'Tea costs 250 cents.',
    });
    const [search, ...more] = anthropic.journal().filter((request) => subagentOf(request) !== undefined);
    expect(more).toEqual([]);
    const { messages, tools } = asObject(search?.body);
    expect(asObjects(tools)).toMatchObject([{ name: 'web_search' }]);
    expect(JSON.stringify(messages)).toContain('price of tea');
    expect(JSON.stringify(messages), 'nothing of the conversation').not.toContain(PROMPT);

    const pages = google.journal().filter(readsPage);
    expect(pages).toHaveLength(1);
    expect(JSON.stringify(pages[0]?.body)).toContain('Tea costs 250 cents.');
    const told = JSON.stringify(google.journal().at(-1)?.body);
    expect(told).toContain('Found by Claude.');
    expect(told).toContain('Read by Gemini: 250.');
  },
);

/** `npm run bench [-- SECTION … --json]`: every figure is measured against a baseline in the same run. */
import { parseArgs } from 'node:util';
import { advanceSection } from './advance-section.ts';
import { callSections } from './call-sections.ts';
import { poolSection } from './pool-section.ts';
import type { Findings, Section } from './section.ts';
import { sessionsSection } from './sessions-section.ts';
import { startSection } from './start-section.ts';
import { storesSection } from './stores-section.ts';
import { strategiesSection } from './strategies-section.ts';

const SECTIONS: readonly Section[] = [
  ...callSections,
  advanceSection,
  poolSection,
  sessionsSection,
  startSection,
  storesSection,
  strategiesSection,
];

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const unknown = asked.filter((name) => !SECTIONS.some((section) => section.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `no section '${unknown[0]}'; there are: ${SECTIONS.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}

const found: Record<string, Findings> = {};
for (const { name, about, measure } of SECTIONS) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`${about} …\n`);
  const findings = await measure();
  found[name] = findings;
  if (!values.json) print(findings);
}
if (values.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
const rows = Object.values(found).flatMap((findings) => findings.rows);
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1;

function print({ rows, lines }: Findings): void {
  for (const { figure, measured, limit, holds } of rows)
    process.stdout.write(
      `${figure.padEnd(36)}${String(measured).padStart(8)}  ${limit.padEnd(14)}${holds ? 'holds' : 'MISSED'}\n`,
    );
  for (const line of lines) process.stdout.write(`  ${line}\n`);
}

/**
 * `npm run bench [-- SECTION … --json]`: every figure is measured against a baseline in the same run. Without names,
 * all sections run.
 */
import { advanceSection } from './advance-section.ts';
import { ADAPTIVE } from './balancing/adaptive.ts';
import { BALANCING } from './balancing/picks.ts';
import { BRIEF } from './brief.ts';
import { CONTEXT } from './context-section.ts';
import { DECISION } from './decision.ts';
import { HUD } from './hud-section.ts';
import { IDLE } from './idle-section.ts';
import { NATIVE_TOOLS_SECTION } from './native-tools/native-tools-section.ts';
import { poolSection } from './pool-section.ts';
import { QUEUE, workIfAsked } from './queue-section.ts';
import { MAKESPAN } from './scheduling/makespan.ts';
import { PLANNING } from './scheduling/planning.ts';
import type { Findings, Section } from './section.ts';
import { sessionsSection } from './sessions-section.ts';
import { startSection } from './start-section.ts';
import { storesSection } from './stores-section.ts';
import { strategiesSection } from './strategies-section.ts';
import { TRACKING } from './tracking/tracking-section.ts';
import { ADDED_CONTEXT, ADDED_TIME, WARM_AGAINST_COLD } from './whole-way.ts';

const SECTIONS: readonly Section[] = [
  ADDED_TIME,
  WARM_AGAINST_COLD,
  ADDED_CONTEXT,
  DECISION,
  BALANCING,
  ADAPTIVE,
  advanceSection,
  poolSection,
  sessionsSection,
  startSection,
  IDLE,
  storesSection,
  strategiesSection,
  PLANNING,
  MAKESPAN,
  TRACKING,
  HUD,
  CONTEXT,
  BRIEF,
  NATIVE_TOOLS_SECTION,
  QUEUE,
];

await workIfAsked();

const given = process.argv.slice(2);
const names = given.filter((argument) => !argument.startsWith('--'));
const unknown = names.filter((name) => !SECTIONS.some((section) => section.name === name));
if (unknown.length > 0) {
  tell(`no such section: ${unknown.join(', ')}; there are ${SECTIONS.map(({ name }) => name).join(', ')}`);
  process.exitCode = 2;
} else {
  await run(SECTIONS.filter(({ name }) => names.length === 0 || names.includes(name)));
}

async function run(sections: readonly Section[]): Promise<void> {
  const found: [Section, Findings][] = [];
  for (const section of sections) {
    tell(`${section.about} …`);
    found.push([section, await section.measure()]);
  }
  if (given.includes('--json')) print(JSON.stringify(toJson(found), null, 2));
  else for (const [, findings] of found) report(findings);
  process.exitCode = found.every(([, { rows }]) => rows.every(({ holds }) => holds)) ? 0 : 1;
}

function toJson(found: readonly (readonly [Section, Findings])[]): unknown {
  const data = Object.fromEntries(found.map(([{ name }, { data, notes }]) => [name, data ?? { notes }]));
  return { ...data, rows: found.flatMap(([, { rows }]) => rows) };
}

function report({ rows, notes }: Findings): void {
  for (const { figure, measured, limit, holds } of rows) {
    print(
      `${figure.padEnd(42)}${String(measured).padStart(8)}  ${limit.padEnd(14)}${holds ? 'holds' : 'MISSED'}`,
    );
  }
  for (const note of notes) print(`  ${note}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

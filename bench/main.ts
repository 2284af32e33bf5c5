/** `npm run bench [-- --json]`: every figure is measured against a baseline in the same run. */
import { measureAddedContext } from './added-context.ts';
import { measureAddedTime } from './added-time.ts';
import { withBenchHome } from './bench-home.ts';
import { measureDecision } from './decision.ts';
import type { Summary } from './statistics.ts';
import { measureWarmAgainstCold } from './warm-against-cold.ts';

const asJson = process.argv.includes('--json');
const tell = (text: string) => process.stderr.write(`${text}\n`);

tell('one decision …');
const decision = measureDecision();
tell('time that our route adds to an Agent call …');
const addedTime = await withBenchHome(measureAddedTime);
tell('a warm server against a cold process …');
const warmAgainstCold = await withBenchHome(measureWarmAgainstCold);
tell("what the plugin adds to the conductor's context …");
const addedContext = await withBenchHome(measureAddedContext);

const rows = [
  {
    figure: `decision, ${decision.rules} rules, p99`,
    measured: decision.full.p99Us,
    limit: '<= 20 us',
    holds: decision.full.p99Us <= 20,
  },
  {
    figure: 'decision, cached, p99',
    measured: decision.cached.p99Us,
    limit: '<= 1 us',
    holds: decision.cached.p99Us <= 1,
  },
  {
    figure: 'added time, median',
    measured: addedTime.addedMs,
    limit: '<= 15 ms',
    holds: addedTime.addedMs <= 15,
  },
  {
    figure: 'warm against cold, less',
    measured: warmAgainstCold.lessPercent,
    limit: '>= 95 %',
    holds: warmAgainstCold.lessPercent >= 95,
  },
  {
    figure: 'added to the context',
    measured: addedContext.addedTokens,
    limit: '<= 60 tokens',
    holds: addedContext.addedTokens <= 60,
  },
];

if (asJson) {
  process.stdout.write(
    `${JSON.stringify({ decision, addedTime, warmAgainstCold, addedContext, rows }, null, 2)}\n`,
  );
} else {
  for (const { figure, measured, limit, holds } of rows) {
    process.stdout.write(
      `${figure.padEnd(28)}${String(measured).padStart(8)}  ${limit.padEnd(14)}${holds ? 'holds' : 'MISSED'}\n`,
    );
  }
  const line = (name: string, { min, median, max, n }: Summary) =>
    process.stdout.write(`  ${name.padEnd(26)}${median} ms (${min} to ${max}, n ${n})\n`);
  for (const [name, { medianUs, p99Us, n }] of [
    ['decision, all rules', decision.full],
    ['decision, cached', decision.cached],
    ['decision, files read', decision.readingFiles],
  ] as const)
    process.stdout.write(`  ${name.padEnd(26)}${medianUs} us (p99 ${p99Us}, n ${n})\n`);
  process.stdout.write(`  added, round by round     ${addedTime.addedByRoundMs.join(', ')} ms\n`);
  line('routed call', addedTime.routedMs);
  line('native call', addedTime.nativeMs);
  line('posted to a warm server', addedTime.directMs);
  line('delegated, warm', warmAgainstCold.warmMs);
  line('opencode run, cold', warmAgainstCold.coldMs);
}
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1;

// One line of the structured log, for people: time, level, message, and the rest as key=value.
import type { Colours } from '../colours.ts';
import { printableText } from '../printable-text.ts';

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** A line that is not ours stays as it is. */
export function renderLogLine(line: string, colours: Colours): string {
  const entry = parse(line);
  if (entry === null) return printableText(line);
  const { time, level, msg, pid: _, ...rest } = entry;
  const name = LEVELS[Number(level)] ?? printableText(String(level ?? ''));
  const details = Object.entries(rest).map(([key, value]) => printableText(`${key}=${renderValue(value)}`));
  const parts = [
    colours.dim(printableText(String(time ?? ''))),
    colourOf(Number(level), colours)(name.padEnd(5)),
    printableText(String(msg ?? '')),
    ...details.map(colours.dim),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function parse(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function renderValue(value: unknown): string {
  if (typeof value === 'string' && /^[^\s"=]+$/.test(value)) return value;
  return JSON.stringify(value) ?? '';
}

function colourOf(level: number, colours: Colours): (text: string) => string {
  if (level >= 50) return colours.red;
  if (level >= 40) return colours.yellow;
  return level >= 30 ? colours.green : colours.dim;
}

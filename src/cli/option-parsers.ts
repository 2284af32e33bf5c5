// What commander asks when an option has a value: the value, or a sentence on what is wrong with it.
import { CommandError } from './command-error.ts';
import type { Messages } from './messages.ts';

type Parser<T> = (text: string) => T;

export function oneOf<T extends string>(m: Messages, flag: string, choices: readonly T[]): Parser<T> {
  return (text) => {
    const choice = choices.find((known) => known === text);
    if (choice === undefined) throw invalid(m.usage.invalidChoice(flag, text, choices.join(', ')));
    return choice;
  };
}

export function percent(m: Messages, flag: string): Parser<number> {
  return (text) => {
    const value = Number(text.replace(/%$/, ''));
    if (!/^\d/.test(text) || !(value >= 0 && value <= 100)) throw invalid(m.usage.invalidPercent(flag, text));
    return value;
  };
}

export function count(m: Messages, flag: string): Parser<number> {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,7}$/.test(text) || value === 0) throw invalid(m.usage.invalidCount(flag, text));
    return value;
  };
}

const HOURS: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24, w: 168 };

/** A time as milliseconds since the epoch: a date, or how long ago. */
export function since(m: Messages, flag: string, now: number): Parser<number> {
  return (text) => {
    const [, amount, unit = ''] = /^(\d{1,5})([mhdw])$/.exec(text) ?? [];
    const time =
      amount === undefined ? Date.parse(text) : now - Number(amount) * (HOURS[unit] ?? 0) * 3_600_000;
    if (Number.isNaN(time)) throw invalid(m.usage.invalidSince(flag, text));
    return time;
  };
}

/** As minutes since midnight. */
export function timeOfDay(m: Messages, flag: string): Parser<number> {
  return (text) => {
    const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
    if (hour === undefined) throw invalid(m.usage.invalidTimeOfDay(flag, text));
    return Number(hour) * 60 + Number(minute);
  };
}

function invalid(message: string): CommandError {
  return new CommandError({ code: 'usage', exit: 'usage', message });
}

/** Some of the choices with commas between them, or `none`. */
export function listOf<T extends string>(
  m: Messages,
  flag: string,
  choices: readonly T[],
): Parser<readonly T[]> {
  const one = oneOf(m, flag, choices);
  return (text) => (text === 'none' ? [] : text.split(',').map((word) => one(word.trim())));
}

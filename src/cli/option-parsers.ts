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

function invalid(message: string): CommandError {
  return new CommandError({ code: 'usage', exit: 'usage', message });
}

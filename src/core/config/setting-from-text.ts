// The value that a piece of text stands for, by the kind of setting it is meant for.
// Text that does not fit comes back as it is, so that the schema can say what is wrong with it.
import { z } from 'zod';
import { settingAt } from './config-keys.ts';

const TRUE_WORDS = new Set(['true', '1', 'yes', 'on']);
const FALSE_WORDS = new Set(['false', '0', 'no', 'off']);

export function settingFromText(path: readonly string[], text: string): unknown {
  const setting = settingAt(path);
  const word = text.trim();
  if (setting instanceof z.ZodBoolean) return booleanFrom(word);
  if (setting instanceof z.ZodNumber) return word === '' || Number.isNaN(Number(word)) ? text : Number(word);
  if (setting instanceof z.ZodArray) return word.startsWith('[') ? jsonFrom(word) : listFrom(word);
  if (setting instanceof z.ZodObject || setting instanceof z.ZodRecord) return jsonFrom(word);
  // The only settings that take null are names, none of which is spelled `null`.
  return word === 'null' ? null : word;
}

function booleanFrom(word: string): unknown {
  if (TRUE_WORDS.has(word.toLowerCase())) return true;
  return FALSE_WORDS.has(word.toLowerCase()) ? false : word;
}

function listFrom(word: string): readonly string[] {
  return word
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function jsonFrom(word: string): unknown {
  try {
    return JSON.parse(word);
  } catch {
    return word;
  }
}
